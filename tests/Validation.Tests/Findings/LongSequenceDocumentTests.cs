using System.Globalization;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Findings;

/// <summary>The table of choices for long sequences in <c>docs/parallelism.md</c> is what the models say.</summary>
public sealed class LongSequenceDocumentTests
{
    private const string Start = "<!-- long sequences -->\n", End = "<!-- end of long sequences -->";

    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);
    private static readonly TransformerShape Shape = Store.Models.Find("llama-3.2-1b");
    private static readonly MemoryModel Memory = Store.Memory.Model(Shape, null);
    private static readonly StepTimeModel Time =
        PerformanceFiles.Read(Store).Bind(Shape, Store.Devices.Find("H100-SXM"), null, null);

    [Fact]
    public void The_table_of_choices_is_that_of_the_models()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "parallelism.md"));
        const string Columns = "GiB a GPU | on the host | ms per 1,000 tokens";
        var expected = $"| choice | 32k: {Columns} | 128k: {Columns} |\n"
            + "|---|---|---|---|---|---|---|\n" + string.Concat(Choices().Select(Row));
        var at = page.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var written = page[at..page.IndexOf(End, StringComparison.Ordinal)];
        if (written != expected)
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "long-sequences.md"), expected);
        Assert.Equal(expected, written);
    }

    private static IEnumerable<(string Name, TrainingSetup Setup)> Choices()
    {
        var none = new TrainingSetup(
            32_768, 1, 8, Scheme.Ddp.On(1, 8), Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, Compile: false);
        var full = none with { Recomputation = Recomputation.Full };
        var fused = full with { Loss = new(LossForm.Fused) };
        yield return ("nothing", none);
        yield return ("recomputation per operation", none with { Recomputation = Recomputation.Selective });
        yield return ("full recomputation", full);
        yield return ("and the loss in 8 chunks, computed again", full with { Loss = new(LossForm.Chunked) });
        yield return ("and the loss in 32 chunks, computed again", full with { Loss = new(LossForm.Chunked, 32) });
        yield return ("full recomputation, loss fused", fused);
        yield return ("and block inputs in the host's memory", fused with { Offload = Offload.Activations });
        yield return ("full recomputation, loss fused, `fsdp_full+cp(8)` on 8 GPUs",
            fused with { Layout = Scheme.Parse("fsdp_full+cp(8)").On(8, 8) });
    }

    private static string Row((string Name, TrainingSetup Setup) choice) =>
        $"| {choice.Name} | {Cells(choice.Setup)} | {Cells(choice.Setup with { SeqLen = 131_072 })} |\n";

    /// <summary>
    /// Peak and host memory of one GPU, and its time for a thousand tokens: a GPU's, so that eight that share count eight times.
    /// </summary>
    private static string Cells(TrainingSetup setup) => string.Create(CultureInfo.InvariantCulture,
        $"{Memory.Predict(setup).Total.GiB:0} | {Memory.HostBytes(setup) / (1L << 30):0} | "
        + $"{1e6 * setup.Gpus * Time.Predict(setup).TotalSeconds / setup.TokensPerStep:0.0}");
}
