using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Logs.Tables;
using SlmPlanner.Presentation.CommandLine;
using static SlmPlanner.Presentation.CommandLine.CommandOption;

namespace SlmPlanner.Planner.Options;

/// <summary>What a person says of a run where its log does not.</summary>
internal static class LearnOptions
{
    private static readonly ValueKind<Metric> Roles = Values.Choice<Metric>();

    public static readonly CommandOption<string?> Model = Text("model", "NAME|FILE",
        "the model: a known name or a Hugging Face config.json") with
    {
        Group = OptionGroup.What, Example = "slm-1b",
    };

    public static readonly CommandOption<int?> SeqLen = Optional("seq-len", Amounts.Count("TOKENS").Within(1, 100_000_000),
        "tokens per sequence") with
    {
        Group = OptionGroup.What, Example = "2048",
    };

    public static readonly CommandOption<string?> GlobalBatch = Text(
        "global-batch", "TOKENS|SEQS", "tokens per step over all GPUs, or sequences as in 512seqs") with
    {
        Group = OptionGroup.What, Example = "512K",
    };

    public static readonly CommandOption<string?> Gpu = Text("gpu", "NAME", "the device; see 'slm-plan devices list'") with
    {
        Group = OptionGroup.Hardware, Example = "H100-SXM",
    };

    public static readonly CommandOption<int?> Gpus = Optional("n-gpus", Values.Whole("COUNT").Within(1, 1_000_000), "devices in all") with
    {
        Group = OptionGroup.Hardware, Example = "8",
    };

    public static readonly CommandOption<int?> GpusPerNode = Optional("gpus-per-node", Values.Whole("COUNT").Within(1, 1024),
        "devices of one machine") with
    {
        Group = OptionGroup.Hardware, Example = "8",
    };

    public static readonly CommandOption<string?> Stack = Text("stack", "NAME", "the training program") with
    {
        Group = OptionGroup.Software, Example = "torchtitan",
    };

    public static readonly CommandOption<int?> MicroBatch = Optional(
        "micro-batch", Values.Whole("COUNT").Within(1, 1_000_000), "sequences per device and forward pass") with
    {
        Group = OptionGroup.Software, Example = "8",
    };

    public static readonly CommandOption<int?> GradAccum = Optional(
        "grad-accum", Values.Whole("COUNT").Within(1, 1_000_000), "micro-batches per step") with { Group = OptionGroup.Software,
            Example = "4" };

    public static readonly CommandOption<Precision?> Precision =
        Optional("precision", Values.Choice<Precision>() with { Word = "FORMAT" }, "number format") with
    {
        Group = OptionGroup.Software, Example = "bf16-mixed",
    };

    public static readonly CommandOption<AttentionKind?> Attention = Optional("attention", Values.Choice<AttentionKind>(),
        "kind of attention") with
    {
        Group = OptionGroup.Software, Example = "flash",
    };

    public static readonly CommandOption<string?> Parallelism = Text("parallelism", "SCHEME", "how the work was split") with
    {
        Group = OptionGroup.Software, Example = "fsdp_full",
    };

    public static readonly CommandOption<Recomputation?> Recompute = Optional("recompute", Values.Choice<Recomputation>(),
        "recomputation") with
    {
        Group = OptionGroup.Software, Example = "selective",
    };

    public static readonly CommandOption<IReadOnlyList<string>> Map = Repeated(
        "map", Values.Text("METRIC=COLUMN"), $"what a column of a table holds; METRIC is one of {string.Join(", ", Roles.Choices)}") with
    {
        Group = OptionGroup.Data, Example = "step_time=perf/iter_s",
    };

    /// <summary>The options that tell a fact, each with its field.</summary>
    public static IReadOnlyList<CommandOption> Facts { get; } =
        [Model, SeqLen, GlobalBatch, Gpu, Gpus, GpusPerNode, Stack, MicroBatch, GradAccum, Precision, Attention, Parallelism, Recompute];

    /// <summary>What was said, the batch aside.</summary>
    public static RunFacts Read(Given given)
    {
        var facts = new RunFacts();
        Keep(RunField.SeqLen, SeqLen);
        Keep(RunField.Gpu, Gpu);
        Keep(RunField.Gpus, Gpus);
        Keep(RunField.GpusPerNode, GpusPerNode);
        Keep(RunField.Stack, Stack);
        Keep(RunField.MicroBatch, MicroBatch);
        Keep(RunField.GradAccum, GradAccum);
        Keep(RunField.Precision, Precision);
        Keep(RunField.Attention, Attention);
        Keep(RunField.Recomputation, Recompute);
        if (given.Of(Parallelism) is { } scheme)
            facts.Set(RunField.Parallelism, Amounts.Scheme.Read(Parallelism.Label, scheme).ToString(), FactSource.Option,
                Parallelism.Label);
        return facts;

        void Keep(RunField field, CommandOption option)
        {
            if (given.Problem(option) is { } problem)
                throw new InputException(problem);
            if (given.Text(option) is { } text)
                facts.Set(field, text, FactSource.Option, option.Label);
        }
    }

    /// <summary>Which column holds which metric.</summary>
    /// <exception cref="InputException">A mapping has no equals sign or names no metric.</exception>
    public static IReadOnlyDictionary<string, Metric> Mapped(Given given)
    {
        var mapped = new Dictionary<string, Metric>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in given.Of(Map))
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals == text.Length - 1)
                throw new InputException($"--map is '{text}', expected METRIC=COLUMN such as step_time=perf/iter_s");
            mapped[text[(equals + 1)..]] = Roles.Read("--map", text[..equals]);
        }
        return mapped;
    }
}
