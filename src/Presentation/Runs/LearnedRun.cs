using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Logs;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Runs;

/// <summary>A run that was read, as <c>slm-plan learn</c> tells it. What is not known is null.</summary>
public sealed record LearnedRun
{
    /// <summary>Hash of what was observed; null where something is missing.</summary>
    public string? Id { get; init; }

    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>All files of the run.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The form of the log.</summary>
    public string? Format { get; init; }

    /// <summary>The model.</summary>
    public string? Model { get; init; }

    /// <summary>The device.</summary>
    public string? Gpu { get; init; }

    /// <summary>Devices.</summary>
    public int? NGpus { get; init; }

    /// <summary>The training program.</summary>
    public string? Stack { get; init; }

    /// <summary>Steps that the log tells, each once.</summary>
    public int Steps { get; init; }

    /// <summary>Of them, those in the steady part.</summary>
    public int SteadySteps { get; init; }

    /// <summary>Tokens per step over all devices.</summary>
    public double? TokensPerStep { get; init; }

    /// <summary>Median seconds of a step.</summary>
    public double? StepTimeS { get; init; }

    /// <summary>Lower end of its 90 % interval.</summary>
    public double? StepTimeSLow { get; init; }

    /// <summary>Upper end.</summary>
    public double? StepTimeSHigh { get; init; }

    /// <summary>Tokens per second and device.</summary>
    public double? TokensPerSPerGpu { get; init; }

    /// <summary>Lower end of its 90 % interval.</summary>
    public double? TokensPerSPerGpuLow { get; init; }

    /// <summary>Upper end.</summary>
    public double? TokensPerSPerGpuHigh { get; init; }

    /// <summary>Largest peak of memory of one device.</summary>
    public double? PeakMemoryBytes { get; init; }

    /// <summary>What the peak counts.</summary>
    public MemoryKind? MemoryKind { get; init; }

    /// <summary>Model FLOPs over the device's own peak.</summary>
    public double? Mfu { get; init; }

    /// <summary>The same as the log prints it.</summary>
    public double? MfuPrinted { get; init; }

    /// <summary>Share of a step spent waiting for data.</summary>
    public double? DataBoundShare { get; init; }

    /// <summary>The last training loss.</summary>
    public double? LastLoss { get; init; }

    /// <summary>The loss over the run, at most 200 points.</summary>
    public IReadOnlyList<LossPoint> Loss { get; init; } = [];

    /// <summary>Evaluations, checkpoints, restarts, changes of speed.</summary>
    public IReadOnlyList<LearnedEvent> Events { get; init; } = [];

    /// <summary>Where each fact is from.</summary>
    public IReadOnlyDictionary<string, LearnedFact> Facts { get; init; } = new Dictionary<string, LearnedFact>();

    /// <summary>What a file of utilisation tells.</summary>
    public UtilisationSummary? Utilisation { get; init; }

    /// <summary>Options without which nothing can be learned.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Options that would sharpen what is learned.</summary>
    public IReadOnlyList<string> WouldHelp { get; init; } = [];

    /// <summary>What contradicts itself, in sentences.</summary>
    public IReadOnlyList<string> Contradictions { get; init; } = [];

    /// <summary>How far its speed is from all that is known without it; null where that can't be said.</summary>
    public Contradiction? Agreement { get; init; }

    /// <summary>What else to know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether it can be learned.</summary>
    public bool Usable { get; init; }

    /// <summary>Why not; null where it can.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it was kept.</summary>
    public bool Learned { get; init; }

    /// <summary>A run as it was read.</summary>
    public static LearnedRun Of(ObservedRun run, IReadOnlyList<string> notes)
    {
        var (log, steady, numbers) = (run.Logged.Log, run.Steady, run.Numbers);
        return new()
        {
            Id = run.Id,
            File = run.Logged.Name,
            Files = [.. run.Logged.Places.Select(place => Path.GetFileName(place.TrimEnd('/')))],
            Format = run.Logged.Format is { } format ? DeclaredName.Of(format) : null,
            Model = run.Shape?.Name ?? log?.Facts.Text(RunField.Model),
            Gpu = run.Device?.Name ?? log?.Facts.Text(RunField.Gpu),
            NGpus = numbers?.Gpus,
            Stack = log?.Facts.Text(RunField.Stack),
            Steps = log?.PrintedSteps ?? 0,
            SteadySteps = steady?.Count ?? 0,
            TokensPerStep = numbers?.TokensPerStep,
            StepTimeS = numbers?.StepSeconds?.Median,
            StepTimeSLow = numbers?.StepSeconds?.Low,
            StepTimeSHigh = numbers?.StepSeconds?.High,
            TokensPerSPerGpu = numbers?.TokensPerSecondPerGpu?.Median,
            TokensPerSPerGpuLow = numbers?.TokensPerSecondPerGpu?.Low,
            TokensPerSPerGpuHigh = numbers?.TokensPerSecondPerGpu?.High,
            PeakMemoryBytes = run.Peak?.Bytes,
            MemoryKind = run.Peak?.Kind,
            Mfu = numbers?.Mfu,
            MfuPrinted = Known(steady?.PrintedMfu),
            DataBoundShare = Known(steady?.DataShare),
            LastLoss = Known(steady?.LastLoss),
            Loss = LossPoint.Of(log),
            Events = LearnedEvent.Of(log, steady),
            Facts = log?.Facts.All
                .ToDictionary(fact => DeclaredName.Of(fact.Key), fact => new LearnedFact(fact.Value.Value, fact.Value.Place)) ?? [],
            Missing = [.. run.Missing.Select(RunWords.OptionOf)],
            WouldHelp = [.. run.Open.Select(RunWords.OptionOf)],
            Contradictions = [.. run.Contradictions.Select(RunWords.Of)],
            Notes = [.. notes, .. run.Logged.Log is not null && run.Logged.Problem is { } problem ? [problem] : Array.Empty<string>(),
                .. steady?.IsWholeRun == true ? ["The pace is that of the whole run: it holds evaluation, saving and warm-up too."]
                    : Array.Empty<string>()],
            Usable = run.Observation is not null,
            Reason = RunWords.Reason(run),
        };
    }

    /// <summary>A row of a file of measurements.</summary>
    public static LearnedRun Of(MeasurementRow row) => row.Observation is not { } observation
        ? new() { File = row.File, Format = "rows", Reason = row.Problem }
        : new()
        {
            Id = ObservedRun.IdOf(observation with { From = observation.From with { By = null } }),
            File = row.Name,
            Format = "rows",
            Model = observation.Model.Name,
            Gpu = observation.Machine.Gpu,
            NGpus = observation.Machine.Gpus,
            Stack = observation.Stack.Name,
            TokensPerSPerGpu = observation.TokensPerSecondPerGpu,
            StepTimeS = observation.Speed?.StepSeconds,
            PeakMemoryBytes = observation.Memory?.PeakGib * (1L << 30),
            MemoryKind = observation.Memory?.Kind,
            Usable = observation.Speed is not null || observation.Memory is not null,
            Reason = observation.Speed is null && observation.Memory is null ? "the row has neither speed nor memory" : null,
        };

    /// <summary>The run with how it agrees with the rest; one that contradicts it says so in a sentence.</summary>
    public LearnedRun Compared(Contradiction found) => this with
    {
        Agreement = found,
        Contradictions = found.IsGrave ? [.. Contradictions, RunWords.Of(found)] : Contradictions,
    };

    private static double? Known(double? number) => number is { } known && double.IsFinite(known) ? known : null;
}

/// <summary>A fact and where it is from.</summary>
/// <param name="Value">Its value.</param>
/// <param name="From">File or option.</param>
public sealed record LearnedFact(string Value, string From);
