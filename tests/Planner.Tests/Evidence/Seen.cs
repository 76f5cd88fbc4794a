using SlmPlanner.Core.Models.Blocks;
using CsCheck;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Planner.Tests.Evidence;

/// <summary>Observations for tests of the store.</summary>
internal static class Seen
{
    public static DateTimeOffset Noon { get; } = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    public static Observation Run(string name = "run", double tokens = 1234.5) => new()
    {
        Name = name,
        From = new("own runs", "2026-11-29", "run.log", 12),
        Machine = new("A100", 8, 8, Provider: "lab"),
        Stack = new("nanogpt", true, new Dictionary<string, string> { ["torch"] = "2.9.0" }),
        Model = new() { Name = "slm", Layers = 12, DModel = 768, Heads = 12, Vocab = 50304, FfnKind = FfnKind.Swiglu, TiedEmbeddings = true },
        Recipe = new()
        {
            SeqLen = 1024, MicroBatch = 8, GradAccum = 2, Precision = Precision.Bf16Mixed, Attention = AttentionKind.Flash,
            AttentionKernel = "flash2", Recomputation = Recomputation.None, Optimizer = "adamw",
        },
        Mesh = new(Scheme.Zero1, 0),
        Speed = new(tokens),
        Memory = new(31.25, MemoryKind.Reserved, MemoryUnit.Gibibyte, FitOutcome.Yes),
        Notes = "two, with \"quotes\"",
    };

    public static Learning Learned(Observation seen, string? file = "/home/ada/run.log") => new(seen, EvidenceKind.Run, file, 12, 40);

    /// <summary>Runs that differ in a few fields, often the same, so that stores overlap.</summary>
    public static Gen<Learning[]> Few { get; } = Gen.Select(Gen.Int[1, 6], Gen.Int[1, 3], Gen.Bool)
        .Select((tokens, gpus, isFirst) => Learned(
            Run($"run-{tokens}", 1000 * tokens) with { Machine = new("A100", gpus, 8) }, isFirst ? "a.log" : "b.log")).Array[0, 6];
}
