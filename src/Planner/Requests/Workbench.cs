using System.Reflection;
using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Planning;
using SlmPlanner.Data.Economics;
using SlmPlanner.Data.Models;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Configuration;

namespace SlmPlanner.Planner.Requests;

/// <summary>The data files and settings that a command plans with, read once.</summary>
internal sealed class Workbench
{
    private readonly BroughtOffers _brought;

    private Workbench(PlanningInputs inputs, ModelCatalog models, DeviceCatalog devices, RequestReader requests, BroughtOffers brought) =>
        (Inputs, Models, Devices, Requests, _brought) = (inputs, models, devices, requests, brought);

    /// <summary>What a search draws on.</summary>
    public PlanningInputs Inputs { get; }

    /// <summary>Models by name.</summary>
    public ModelCatalog Models { get; }

    /// <summary>Devices by spelling.</summary>
    public DeviceCatalog Devices { get; }

    /// <summary>Reads requests.</summary>
    public RequestReader Requests { get; }

    /// <summary>What a search draws on for a request that brings machines or reserved terms of its own.</summary>
    /// <exception cref="Core.InputException">One of them can't be read.</exception>
    public PlanningInputs InputsFor(RequestTexts texts) =>
        _brought.Of(texts) is { Count: > 0 } brought ? Inputs with { Offers = [.. Inputs.Offers, .. brought] } : Inputs;

    /// <summary>Opens data files and settings.</summary>
    /// <param name="store">The data files.</param>
    /// <param name="prices">The price catalog.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="today">The day of the plan.</param>
    /// <exception cref="Core.InputException">A file is missing or malformed.</exception>
    public static Workbench Open(ProfileStore store, OfferCatalog prices, PlannerSettings settings, DateOnly today)
    {
        var models = ModelCatalog.Read(store.Files("models", "*.json"));
        var risk = RiskProfileFile.Read(store.RootOf("risk.json"));
        var offers = settings.InterNodeGbitS is { } network ? prices.WithAssumedNetwork(network) : prices;
        var performance = PerformanceFiles.Read(store);
        var inputs = new PlanningInputs
        {
            Offers = offers.Offers,
            Devices = store.Devices.Devices.ToDictionary(device => device.Name),
            Performance = performance,
            Memory = store.Memory,
            Risk = risk,
            AdjustedRuns = settings.Adjust(risk.Assumptions),
            Law = ScalingLawFile.Read(store.RootOf("loss")),
            Energy = EnergyFile.Read(store.RootOf("carbon.json")),
            Batch = BatchFile.Read(store.RootOf("batch.json")),
            UsableMemoryShare = settings.UsableMemoryShare,
            LongestRunHours = settings.LongestRunDays * 24,
            StaleDays = settings.PriceAgeWarningDays,
            Models = [.. models.Models],
            Sources = new($"slm-plan {Version}", prices.Name, ProfileText.Fitted(performance), ProfileText.Accuracy(store)),
        };
        return new(inputs, models, store.Devices, new(settings, models, store.Devices, today), new(store.Devices, store.Networks, settings.InterNodeGbitS, today));
    }

    private static string Version =>
        typeof(Workbench).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
