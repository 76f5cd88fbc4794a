namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>How to start ranks.</summary>
/// <param name="Ranks">≥ 1.</param>
/// <param name="Program">The program each rank runs.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="HostFile">The launcher's host file; null for this host only.</param>
/// <param name="Limit">The ranks are ended when they take longer.</param>
internal sealed record LaunchPlan(int Ranks, string Program, IReadOnlyList<string> Arguments, string? HostFile, TimeSpan Limit)
{
    /// <summary>Starts this process again, with the same arguments, as ranks.</summary>
    public static LaunchPlan OfThisProcess(int ranks, IReadOnlyList<string> arguments, string? hostFile, TimeSpan limit)
    {
        var path = Environment.ProcessPath!;
        var hosted = Path.GetFileNameWithoutExtension(path) == "dotnet";
        return new(ranks, path, hosted ? [Environment.GetCommandLineArgs()[0], .. arguments] : arguments, hostFile, limit);
    }
}
