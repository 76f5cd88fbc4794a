using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Data.Measurements.Runs;

/// <summary>
/// A burst as an observation. The stack stays open: a profile of one machine is about that machine, and must speak for rows that name
/// no stack.
/// </summary>
public static class BurstObservation
{
    private const double Gibibyte = 1L << 30;

    /// <summary>The observation of a measured burst.</summary>
    /// <param name="name">Its name, unique in the fit.</param>
    /// <param name="burst">A burst with status ok.</param>
    /// <param name="slowdown">How much slower than usual the machine was meanwhile, as a factor; the speed is at its usual pace.</param>
    /// <param name="environment">Where it ran; null where that is not at hand.</param>
    /// <param name="at">When it was taken.</param>
    public static Observation Of(
        string name, BurstResult burst, double slowdown = 1, RunEnvironment? environment = null, DateTimeOffset? at = null)
    {
        var spec = burst.Spec;
        var setup = spec.Setup(burst.Ranks, burst.RanksPerHost);
        return new()
        {
            Name = name,
            From = new(null, at?.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                By: environment is null ? null : $"slm-calibrate {environment.Program}"),
            Machine = new(burst.Device, burst.Ranks, burst.RanksPerHost, Fingerprint: environment?.Fingerprint),
            Stack = new(
                Compile: setup.Compile, Versions: burst.Torch is { } torch ? new Dictionary<string, string> { ["torch"] = torch } : null),
            Model = new()
            {
                Name = spec.Shape.Name,
                Layers = spec.NLayers,
                DModel = spec.DModel,
                Heads = spec.NHeads,
                KvHeads = spec.NKvHeads,
                DFfn = spec.DFfn,
                FfnKind = spec.FfnKind,
                Vocab = spec.Vocab,
                TiedEmbeddings = spec.TiedEmbeddings,
                Experts = spec.Experts,
                Windows = spec.Windows,
            },
            Recipe = new()
            {
                SeqLen = spec.SeqLen,
                MicroBatch = spec.MicroBatch,
                GradAccum = spec.GradAccum,
                Precision = setup.Precision,
                Attention = spec.Attention,
                AttentionKernel = burst.AttentionKernel?.ToLowerInvariant(),
                Recomputation = spec.Recomputation,
                Optimizer = "adamw",
            },
            Mesh = new(burst.Ranks == 1 ? null : Scheme.Of(setup.Layout)),
            Speed = Speed(burst, slowdown),
            Memory = burst.PeakMemoryBytes is { } peak ? new(peak / Gibibyte, MemoryKind.Process, MemoryUnit.Byte) : null,
        };
    }

    /// <summary>Every measured burst of a run's lines, in order.</summary>
    public static IEnumerable<Observation> OfRun(IEnumerable<MeasurementLine> lines)
    {
        RunEnvironment? environment = null;
        var count = 0;
        foreach (var line in lines)
        {
            environment = line.Environment ?? environment;
            if (line.Burst is { StepTimeS: not null } burst)
                yield return Of($"burst-{++count}", burst, environment: environment, at: line.At);
        }
    }

    /// <summary>The step times are as measured; rate and median are at the machine's usual pace.</summary>
    private static ObservedSpeed? Speed(BurstResult burst, double slowdown) => burst is { TokensPerS: { } tokens, StepTimeS: { } step }
        ? new(tokens / burst.Ranks * slowdown, step.Median / slowdown, step.LogError, step.Steps,
            [.. burst.Samples.Where(sample => !sample.Warmup).Select(sample => sample.StepSeconds)])
        : null;
}
