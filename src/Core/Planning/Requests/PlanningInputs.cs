using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Economics.Project;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Requests;

/// <summary>Everything a search draws on besides the request: what can be rented, how fast it is, which models there are.</summary>
public sealed record PlanningInputs
{
    /// <summary>What can be rented. Their order does not matter.</summary>
    public required IReadOnlyList<Offer> Offers { get; init; }

    /// <summary>Datasheets by canonical device name.</summary>
    public required IReadOnlyDictionary<string, Accelerator> Devices { get; init; }

    /// <summary>How fast devices and software stacks are.</summary>
    public required PerformanceProfile Performance { get; init; }

    /// <summary>What software stacks keep in memory, and how sure that is.</summary>
    public MemoryProfile Memory { get; init; } = MemoryProfile.None;

    /// <summary>What runs do besides their steps, and how providers bill, with sources.</summary>
    public required RiskProfile Risk { get; init; }

    /// <summary>How machines are had, provider by provider.</summary>
    public AvailabilityProfile Availability { get; init; } = AvailabilityProfile.None;

    /// <summary>What runs do besides their steps, where the user's settings differ from <see cref="Risk"/>; null when they don't.</summary>
    public RunAssumptions? AdjustedRuns { get; init; }

    /// <summary>
    /// True to try tensor, pipeline and context parallelism wherever they could be better; else only where nothing of data parallelism
    /// fits.
    /// </summary>
    public bool TriesSplits { get; init; }

    /// <summary>Share of a device's memory that a plan may use, above 0 up to 1.</summary>
    public double UsableMemoryShare { get; init; } = 1;

    /// <summary>Longest run assumed where a request limits it by nothing, hours.</summary>
    public double LongestRunHours { get; init; } = RequestDefaults.LongestRunHours;

    /// <summary>Days after which a price is called stale.</summary>
    public int StaleDays { get; init; } = PriceAge.StaleAfterDays;

    /// <summary>How prices moved; null where no history is at hand.</summary>
    public PriceOutlook? Prices { get; init; }

    /// <summary>Loss against size and tokens.</summary>
    public required ScalingLaw Law { get; init; }

    /// <summary>Laws that stand beside the one in force where plans tell of the loss.</summary>
    public IReadOnlyList<ScalingLaw> OtherLaws { get; init; } = [];

    /// <summary>The global batch beyond which more devices buy little.</summary>
    public required CriticalBatch Batch { get; init; }

    /// <summary>Rules of batch, learning rate and weight decay; null to leave them out.</summary>
    public RecipeRules? Recipe { get; init; }

    /// <summary>What projects do that is not said; null where no project is asked for.</summary>
    public ProjectProfile? Project { get; init; }

    /// <summary>Measured pipelines that stalled; null where none are known.</summary>
    public StalledPipelines? Stalled { get; init; }

    /// <summary>Power and grids; null to leave energy and carbon out.</summary>
    public EnergyModel? Energy { get; init; }

    /// <summary>Predictions that searches share; null where each makes its own. Answers don't depend on it.</summary>
    public SharedPredictions? Predictions { get; init; }

    /// <summary>Seed of everything drawn at random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Models that may be chosen or suggested when the request leaves that open: those whose loss and time are known.</summary>
    public IReadOnlyList<TransformerShape> Models { get; init; } = [];

    /// <summary>Where the runs come from that <see cref="Performance"/> has learned, in the order in which it did.</summary>
    public IReadOnlyList<LearnedRow> Learned { get; init; } = [];

    /// <summary>Where the inputs come from.</summary>
    public required InputSources Sources { get; init; }

    /// <summary>
    /// What if devices are this many times as fast as predicted, by canonical name: 0.8 is a utilisation a fifth lower;
    /// 1 where a device is not named.
    /// </summary>
    public IReadOnlyDictionary<string, double> SpeedMultiples { get; init; } = new Dictionary<string, double>();

    /// <summary>The model of a request, or where it leaves that open those that take its sequences.</summary>
    /// <param name="request">A request with its sequence length.</param>
    public IReadOnlyList<TransformerShape> ModelsFor(PlanRequest request) =>
        request.Model is { } model ? [model] : [.. Models.Where(one => PlanRequestRules.Takes(one, request.SeqLen!.Value))];

    /// <summary>The multiple of a device's predicted speed, &gt; 0.</summary>
    public double SpeedOf(Accelerator device) => SpeedMultiples.GetValueOrDefault(device.Name, 1);

    /// <summary>
    /// Memory of a model: on a calibrated machine as it was measured there, elsewhere in the stack that a request assumes.
    /// </summary>
    public PeakOutlook MemoryOf(TransformerShape model, Accelerator device, PlanRequest request) =>
        device.Memory is { } own ? Memory.Outlook(own.Of(model)) : Memory.Outlook(model, request.Stack);
}

/// <summary>Where the inputs of a plan come from, in words.</summary>
/// <param name="Program">Name and version of the program.</param>
/// <param name="Offers">The price catalog: file or folder.</param>
/// <param name="Profile">The performance profile: what it was fitted to, and when.</param>
/// <param name="Accuracy">Error of the performance model on rows it was not fitted to; empty when not validated.</param>
public sealed record InputSources(string Program, string Offers, string Profile, string Accuracy);

/// <summary>Where a run that the fit has learned comes from.</summary>
/// <param name="Id">Its id in the store, 64 hexadecimal digits.</param>
/// <param name="Name">Its name in the fit.</param>
/// <param name="Gpu">Canonical name of its device.</param>
/// <param name="Source">The set-up or publication that it counts under; null where it names none.</param>
/// <param name="Learned">The day on which it was learned, UTC.</param>
public sealed record LearnedRow(string Id, string Name, string Gpu, string? Source, DateOnly Learned);
