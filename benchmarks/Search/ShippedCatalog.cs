using System.Runtime.CompilerServices;
using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Data.Economics;
using SlmPlanner.Data.Models;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Search.Benchmarks;

/// <summary>The data files of the repository and a request over all of them.</summary>
internal static class ShippedCatalog
{
    private static readonly string Folder = Profiles();

    public static PlanningInputs Inputs { get; } = Open();

    /// <summary>The default request of the README.</summary>
    public static PlanRequest Request { get; } = RequestDefaults.Fill(new()
    {
        Model = Inputs.Models.Single(model => model.Name == "slm-1b"),
        Tokens = 20e9,
        BudgetUsd = 2000,
        Objective = Objective.Time,
        Today = new(2026, 11, 24),
    });

    private static PlanningInputs Open()
    {
        var store = ProfileStore.Open(Folder);
        return new()
        {
            Offers = store.Offers.Offers,
            Devices = store.Devices.Devices.ToDictionary(device => device.Name),
            Performance = PerformanceFiles.Read(store),
            Memory = store.Memory,
            Risk = RiskProfileFile.Read(Folder),
            Law = ScalingLawFile.Read(Folder),
            Batch = BatchFile.Read(Folder),
            Models = [.. ModelCatalog.Load(Path.Combine(Folder, "models")).Models],
            Sources = new("benchmark", "profiles/offers", "profiles", ""),
        };
    }

    private static string Profiles([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "profiles"));
}
