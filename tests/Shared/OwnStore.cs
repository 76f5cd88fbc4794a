using System.Runtime.CompilerServices;

namespace SlmPlanner.Tests;

/// <summary>Keeps tests away from the store of whoever runs them: by the setting that users have for it.</summary>
internal static class OwnStore
{
    [ModuleInitializer]
    internal static void Hide() => Environment.SetEnvironmentVariable("SLMPLAN_EVIDENCE", "none");
}
