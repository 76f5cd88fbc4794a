using System.Reflection;
using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Planning.Forecasts;
using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Economics;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Models;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Requests;

/// <summary>The data files and settings that a command plans with, read once.</summary>
internal sealed class Workbench
{
    /// <summary>Questions whose predictions are kept while budgets, deadlines and offers change.</summary>
    private const int QuestionsKept = 8;

    private readonly BroughtOffers _brought;
    private readonly IReadOnlyList<string> _gpus;
    private readonly DateOnly _today;
    private readonly LossLaws _laws;
    private readonly ProfileStore _store;
    private readonly Lazy<FittedModel> _shipped;

    private Workbench(
        PlanningInputs inputs, ModelCatalog models, DeviceCatalog devices, RequestReader requests, BroughtOffers brought,
        IReadOnlyList<string> gpus, DateOnly today, LossLaws laws, ProfileStore store) =>
        (Inputs, Models, Devices, Requests, _brought, _gpus, _today, _laws, _store, _shipped, Probes) =
        (inputs, models, devices, requests, brought, gpus, today, laws, store, new(() => PerformanceFiles.Read(store).Published),
            new(() => ProbeProfileFile.Read(store.RootOf("probe.json"))));

    /// <summary>What a search draws on.</summary>
    public PlanningInputs Inputs { get; }

    /// <summary>How probes are taken where nothing is said; read when it is asked for.</summary>
    public Lazy<ProbeProfile> Probes { get; }

    /// <summary>Models by name.</summary>
    public ModelCatalog Models { get; }

    /// <summary>Devices by spelling.</summary>
    public DeviceCatalog Devices { get; }

    /// <summary>Reads requests.</summary>
    public RequestReader Requests { get; }

    /// <summary>The calibrated devices that a store has bursts of, beside what published rows alone say of them.</summary>
    /// <exception cref="Core.InputException">The store can't be read.</exception>
    public IReadOnlyList<DeviceComparison> BesidePublished(string path) =>
        PublishedComparison.Of(_shipped.Value, KeptBursts.Read(path, _store));

    /// <summary>What a search draws on for a request that brings machines or reserved terms of its own.</summary>
    /// <exception cref="Core.InputException">One of them can't be read.</exception>
    public PlanningInputs InputsFor(Given given)
    {
        IReadOnlyList<Offer> more = [.. OfMachines(given), .. _brought.Of(given)];
        var offers = more.Count > 0 ? [.. Inputs.Offers, .. more] : Inputs.Offers;
        var inputs = given.Of(RequestOptions.RentOn) is { } day
            ? Inputs with { Offers = PriceDrift.To(offers, _today, day, Inputs.Prices) }
            : more.Count > 0 ? Inputs with { Offers = offers } : Inputs;
        if (given.Of(RequestOptions.LossLaw) is { } law)
            inputs = inputs with { Law = _laws.Named(law), OtherLaws = _laws.Beside(law) };
        return given.Of(RequestOptions.UniqueTokens) is not { } unique ? inputs : inputs with
        {
            Law = inputs.Law with { Repeated = new(unique) },
            OtherLaws = [.. inputs.OtherLaws.Select(other => other with { Repeated = new(unique) })],
        };
    }

    /// <summary>The offers of a device for each of its calibrated machines that the request names: as fast as that machine.</summary>
    private IEnumerable<Offer> OfMachines(Given given) =>
        from name in given.Of(RequestOptions.Gpus) is { Count: > 0 } named ? named : _gpus
        where Devices.TryFind(name, null, out _)
        let machine = Devices.Find(name)
        where machine.Kind is not null
        from offer in Inputs.Offers
        where offer.Gpu == machine.Kind
        select offer with { Gpu = machine.Name };

    /// <summary>Opens data files and settings.</summary>
    /// <param name="store">The data files.</param>
    /// <param name="prices">The price catalog.</param>
    /// <param name="history">Prices over time.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="today">The day of the plan.</param>
    /// <param name="fits">The fits with what the user learned, being read.</param>
    /// <param name="own">What the user learned; null for nothing.</param>
    /// <exception cref="Core.InputException">A file is missing or malformed.</exception>
    public static Workbench Open(
        ProfileStore store, OfferCatalog prices, IEnumerable<PricePoint> history, PlannerSettings settings, DateOnly today,
        Task<PerformanceProfile> fits, OwnEvidence? own = null)
    {
        var models = ModelCatalog.Read(store.Files("models", "*.json"));
        var risk = RiskProfileFile.Read(store.RootOf("risk.json"));
        var offers = settings.InterNodeGbitS is { } network ? prices.WithAssumedNetwork(network) : prices;
        var batch = BatchFile.Read(store.RootOf("batch.json"));
        var laws = LossLaws.Read(store);
        own ??= OwnEvidence.None;
        var performance = fits.GetAwaiter().GetResult();
        var inputs = new PlanningInputs
        {
            Offers = offers.Offers,
            Devices = store.Devices.Devices.ToDictionary(device => device.Name),
            Performance = performance,
            Memory = own.Learned(store.Memory),
            Risk = risk,
            Availability = AvailabilityFile.Read(store.RootOf("availability.json")),
            AdjustedRuns = settings.Adjust(risk.Assumptions),
            Prices = new(PriceSeries.Of(history)),
            Law = laws.Named(ScalingLawFile.DefaultName),
            OtherLaws = laws.Beside(ScalingLawFile.DefaultName),
            Energy = EnergyFile.Read(store.RootOf("carbon.json")),
            Batch = batch,
            Recipe = new(RecipeFile.Read(store.RootOf("recipe.json")), batch),
            Project = ProjectFile.Read(store.RootOf("project.json")),
            Stalled = StalledPipelinesFile.Read(store),
            Predictions = new(QuestionsKept),
            UsableMemoryShare = settings.UsableMemoryShare,
            LongestRunHours = settings.LongestRunDays * 24,
            StaleDays = settings.PriceAgeWarningDays,
            Models = [.. models.Models.Where(model => !model.HasExperts && !model.HasRecurrence)],
            Learned = own.Rows,
            Sources = new($"slm-plan {Version}", prices.Name, own.Told(ProfileText.Fitted(performance, store.Machines)),
                ProfileText.Accuracy(store)),
        };
        return new(
            inputs, models, store.Devices, new(settings, models, store.Devices, store.Networks, inputs.Project!, today, own.Stack),
            new(store.Devices, store.Networks, settings.InterNodeGbitS, today), settings.Gpus, today, laws, store);
    }

    private static string Version =>
        typeof(Workbench).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
