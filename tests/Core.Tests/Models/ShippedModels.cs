using System.Runtime.CompilerServices;
using SlmPlanner.Core.Models;

namespace SlmPlanner.Tests.Models;

/// <summary>The committed catalog, found from the source tree.</summary>
internal static class ShippedModels
{
    public static ModelCatalog Catalog { get; } = ModelCatalog.Load(Path.Combine(Root(), "profiles", "models"));

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
