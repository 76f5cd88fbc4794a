using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Tests.Measurements;

public sealed class ObservationTests
{
    private static readonly Observation Least = new()
    {
        Name = "a",
        From = new("s"),
        Machine = new("A100", 1),
        Model = new() { Layers = 12, DModel = 768 },
        Recipe = new() { SeqLen = 1024 },
        Speed = new(1234.5),
    };

    private static readonly Observation Whole = Least with
    {
        From = new("s", "2026-01-02", By: "someone"),
        Machine = new("A100", 16, 8, 400, "f1", "p", "p4d", "r"),
        Stack = new("torchtitan", true, new Dictionary<string, string> { ["torch"] = "2.10", ["cuda"] = "13.0" }),
        Model = new()
        {
            Name = "m", Parameters = 1e9, Layers = 12, DModel = 768, Heads = 12, KvHeads = 4, DFfn = 2048, FfnKind = FfnKind.Swiglu,
                Vocab = 50_304,
            TiedEmbeddings = true,
        },
        Recipe = new()
        {
            SeqLen = 1024, MicroBatch = 8, GradAccum = 2, Precision = Precision.Bf16Mixed, MayBePure = true,
                Attention = AttentionKind.Flash,
            AttentionKernel = "flash2", Recomputation = Recomputation.Selective, Optimizer = "adamw",
        },
        Mesh = new(Scheme.Zero1, 8),
        Speed = new(1234.5, 0.1, 0.02, 3, [0.1, 0.11, 0.09]),
        Memory = new(12.5, MemoryKind.Reserved, MemoryUnit.Gigabyte, FitOutcome.Yes),
        PlanId = "plan",
        Notes = "notes",
    };

    [Fact]
    public void An_observation_is_the_same_after_a_round_trip()
    {
        var text = ObservationLines.Text(Whole);
        var row = Read(text);
        Assert.Equal(text, ObservationLines.Text(row.Observation! with { From = Whole.From }));
        Assert.Equal((1, "rows.jsonl"), (row.Observation!.From.Line, row.Observation.From.File));
    }

    /// <summary>By another program: SHA-256 of the JSON with sorted keys and no white space, without name and version.</summary>
    [Fact]
    public void The_id_is_the_hash_of_the_canonical_content() =>
        Assert.Equal("0e6ea38068a4f9395da0d610bf745a5586460e89c55df09487dcd2c112f402c7", ObservationId.Of(Least));

    [Fact]
    public void The_id_is_that_of_the_content_and_not_of_the_place()
    {
        var id = ObservationId.Of(Whole);
        Assert.Equal(id, ObservationId.Of(Read(ObservationLines.Text(Whole with { Name = "another" })).Observation!));
        Assert.Equal(id, ObservationId.Of(Whole with
        {
            Stack = Whole.Stack with { Versions = new Dictionary<string, string> { ["cuda"] = "13.0", ["torch"] = "2.10" } },
        }));
        Observation[] others =
        [
            Whole with { Speed = Whole.Speed! with { TokensPerSecondPerGpu = 1234.6 } },
            Whole with { Machine = Whole.Machine with { Fingerprint = "f2" } },
            Whole with { Mesh = new(Scheme.Zero1, 0) },
            Whole with { Memory = null },
            Whole with { From = Whole.From with { Date = "2026-01-03" } },
        ];
        Assert.Equal(others.Length + 1, others.Select(ObservationId.Of).Append(id).Distinct().Count());
    }

    [Theory]
    [InlineData("\"layers\":12", "\"layers\":0", "line 1: model.layers 0 must be 1..1000")]
    [InlineData("\"seq_len\":1024", "\"seq_len\":-5", "line 1: recipe.seq_len -5 must be 1..100000000")]
    [InlineData("\"name\":\"a\"", "\"name\":\"\"", "line 1: name is empty")]
    [InlineData("\"gpu\":\"A100\",", "", "'gpu'")]
    [InlineData("\"gpus\":1", "\"gpuz\":1", "gpuz")]
    [InlineData("1234.5", "0", "speed.tokens_per_second_per_gpu 0 must be")]
    public void A_bad_line_rejects_itself_with_field_value_and_range(string right, string wrong, string message)
    {
        var text = ObservationLines.Text(Least);
        Assert.Contains(right, text, StringComparison.Ordinal);
        var row = Read(text.Replace(right, wrong, StringComparison.Ordinal));
        Assert.Null(row.Observation);
        Assert.Contains(message, row.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_form_is_refused() =>
        Assert.Contains("a newer program wrote it", Assert.Throws<InputException>(() => Read(
            ObservationLines.Text(Least with { SchemaVersion = Observation.CurrentVersion + 1 }))).Message, StringComparison.Ordinal);

    private static MeasurementRow Read(string text)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "rows.jsonl");
        File.WriteAllText(path, text + "\n");
        return Assert.Single(MeasurementFile.Read(path));
    }
}
