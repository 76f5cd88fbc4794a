using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Data.Logs;

/// <summary>
/// The observation of a run that is known whole. It holds the run's settings, speed and memory, the log's name without its folders, and its
/// lines; no host, path or user.
/// </summary>
internal static class RunObservation
{
    /// <summary>Publication under which learned runs count.</summary>
    public const string Source = "own runs";

    private const double Gibibyte = 1L << 30;

    /// <summary>The observation.</summary>
    public static Observation Of(ObservedRun run)
    {
        var (log, numbers) = (run.Logged.Log!, run.Numbers!);
        var facts = log.Facts;
        if (log.Caveats.ContainsKey(RunCaveat.PartlyTrained) || facts.Text(RunField.Method) is not null)
            throw new InputException(
                "a part of the parameters is trained, and logs are learned of full training alone: give the run as a row with method and "
                + "rank (--rows)");
        if (facts.Text(RunField.Offload) == "states")
            throw new InputException("weights or optimizer states wait in the host's memory, which no prediction knows");
        var observation = new Observation
        {
            Name = run.Logged.Name,
            From = new(Source, Day(log), run.Logged.Name, (int)Math.Min(log.Lines.First, int.MaxValue)),
            Machine = new(run.Device!.Name, numbers.Gpus!.Value, PerNode(facts, numbers.Gpus.Value)),
            Stack = new(facts.Text(RunField.Stack), Flag(facts, RunField.Compile)),
            Model = Model(run),
            Recipe = new()
            {
                SeqLen = numbers.SeqLen!.Value,
                MicroBatch = facts.Count(RunField.MicroBatch),
                GradAccum = facts.Count(RunField.GradAccum) ?? Accumulation(facts, numbers),
                EvalBatch = Flag(facts, RunField.Evaluates) == true ? facts.Count(RunField.EvalBatch) : null,
                Precision = FieldWords.PrecisionOf(facts.Text(RunField.Precision)),
                MayBePure = FieldWords.MayBePure(facts.Text(RunField.Precision)),
                IsPureFp16 = FieldWords.IsPureFp16(facts.Text(RunField.Precision)),
                Attention = FieldWords.AttentionOf(facts.Text(RunField.Attention)),
                AttentionKernel = FieldWords.AttentionKernelOf(facts.Text(RunField.Attention)),
                Recomputation = FieldWords.RecomputationOf(facts.Text(RunField.Recomputation)),
                Optimizer = facts.Text(RunField.Optimizer),
                Loss = FieldWords.LossOf(facts.Text(RunField.Loss)),
                Offload = FieldWords.OffloadOf(facts.Text(RunField.Offload)),
            },
            Mesh = new(RunScheme.Of(facts, numbers.Gpus.Value)),
            Speed = Speed(run),
            Memory = run.Peak is { } peak ? new(peak.Bytes / Gibibyte, peak.Kind, Fits: FitOutcome.Yes) : null,
            PlanId = facts.Text(RunField.PlanId),
        };
        ObservationRules.Check(observation);
        return observation;
    }

    private static ObservedModel Model(ObservedRun run)
    {
        var facts = run.Logged.Log!.Facts;
        if (run.Shape is { } shape)
            return new()
            {
                Name = NameOf(shape.Name), Parameters = facts.Number(RunField.Parameters), Layers = shape.Layers, DModel = shape.DModel,
                    Heads = shape.Heads,
                KvHeads = shape.KvHeads, DFfn = shape.DFfn, FfnKind = shape.FfnKind, Vocab = shape.Vocab,
                    TiedEmbeddings = shape.TiedEmbeddings,
            };
        return new()
        {
            Name = NameOf(facts.Text(RunField.Model)),
            Parameters = facts.Number(RunField.Parameters),
            Layers = facts.Count(RunField.Layers)!.Value,
            DModel = facts.Count(RunField.DModel)!.Value,
            Heads = facts.Count(RunField.Heads),
            KvHeads = facts.Count(RunField.KvHeads),
            DFfn = facts.Count(RunField.DFfn),
            FfnKind = FieldWords.FfnKindOf(facts.Text(RunField.FfnKind)),
            Vocab = facts.Count(RunField.Vocab),
            TiedEmbeddings = Flag(facts, RunField.TiedEmbeddings),
        };
    }

    /// <summary>A model's name without folders: configurations name models by paths, which may tell whose they are.</summary>
    private static string? NameOf(string? text) => text?.TrimEnd('/', '\\').Split('/', '\\')[^1];

    private static ObservedSpeed Speed(ObservedRun run)
    {
        var speed = run.Numbers!.TokensPerSecondPerGpu!.Value;
        return new(speed.Median, run.Numbers.StepSeconds?.Median, speed.LogError, Math.Max(1, run.Steady!.Count));
    }

    private static int? Accumulation(RunFacts facts, RunNumbers numbers)
    {
        var model = (facts.Count(RunField.Tensor) ?? 1) * (facts.Count(RunField.Pipeline) ?? 1) * (facts.Count(RunField.Context) ?? 1);
        var steps = numbers.GlobalBatch / facts.Count(RunField.MicroBatch) / numbers.Gpus * model;
        return steps is >= 1 and < 1e6 && steps == Math.Floor(steps.Value) ? (int)steps.Value : null;
    }

    private static int? PerNode(RunFacts facts, int gpus) =>
        facts.Count(RunField.GpusPerNode) is { } stated ? Math.Min(stated, gpus)
        : facts.Count(RunField.Nodes) is { } nodes && gpus % nodes == 0 ? gpus / nodes : null;

    private static bool? Flag(RunFacts facts, RunField field) => facts.Text(field) switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    private static string? Day(RunLog log) => log.Clock == ClockKind.Wall && log.Steps is [{ Clock: > 1e8 and < 1e11 and var clock }, ..]
        ? DateTime.UnixEpoch.AddSeconds(clock).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
}
