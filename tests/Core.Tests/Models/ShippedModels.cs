using System.Runtime.CompilerServices;
using SlmPlanner.Data.Models;

namespace SlmPlanner.Tests.Models;

/// <summary>The committed catalog, found from the source tree.</summary>
internal static class ShippedModels
{
    /// <summary>The committed profiles.</summary>
    public static string Profiles { get; } = Path.Combine(Root(), "profiles");

    /// <summary>The committed models.</summary>
    public static ModelCatalog Catalog { get; } = ModelCatalog.Load(Path.Combine(Profiles, "models"));

    private static string Root([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
