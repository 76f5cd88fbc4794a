using System.Text.Json;
using System.Text.Json.Nodes;
using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Tests;

public class BurstSpecTests
{
    private const string Full = """
        {"n_layers":4,"d_model":256,"n_heads":4,"n_kv_heads":2,"d_ffn":688,"ffn_kind":"gelu","vocab":4096,"tied_embeddings":false,
         "seq_len":512,"micro_batch":2,"grad_accum":3,"precision":"bf16","attention":"vanilla","recomputation":"full",
         "parallelism":"zero2","steps":8,"warmup":2,"seed":5,"threads":2}
        """;

    [Fact]
    public void Every_field_of_a_full_spec_is_read()
    {
        var spec = BurstSpecReader.Parse(Full, "spec");
        Assert.Equal((4, 256, 4, 2, 688), (spec.NLayers, spec.DModel, spec.NHeads, spec.NKvHeads, spec.DFfn));
        Assert.Equal((FfnKind.Gelu, 4096, false, 512, 2, 3),
            (spec.FfnKind, spec.Vocab, spec.TiedEmbeddings, spec.SeqLen, spec.MicroBatch, spec.GradAccum));
        Assert.Equal((BurstPrecision.Bf16, AttentionKind.Vanilla, Recomputation.Full, BurstParallelism.Zero2),
            (spec.Precision, spec.Attention, spec.Recomputation, spec.Parallelism));
        Assert.Equal((8, 2, 5, 2), (spec.Steps, spec.Warmup, spec.Seed, spec.Threads));
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var spec = BurstSpecReader.Parse(Full, "spec");
        var written = JsonSerializer.Serialize(spec, MeasurementJson.Line);
        Assert.Equal(spec, BurstSpecReader.Parse(written, "written"));
        Assert.Equal(spec, JsonSerializer.Deserialize<BurstSpec>(written, MeasurementJson.Line));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Full), JsonNode.Parse(written)));
    }

    [Theory]
    [InlineData("d_model", "250", "n_heads is 4 and does not divide d_model 250")]
    [InlineData("d_model", "12", "head size")]
    [InlineData("n_kv_heads", "3", "n_kv_heads is 3")]
    [InlineData("vocab", "0", "vocab is 0; 2 to")]
    [InlineData("seq_len", "0", "seq_len is 0; 1 to")]
    [InlineData("micro_batch", "-1", "micro_batch is -1")]
    [InlineData("grad_accum", "0", "grad_accum is 0")]
    [InlineData("n_layers", "0", "n_layers is 0")]
    [InlineData("steps", "0", "steps is 0")]
    [InlineData("threads", "0", "threads is 0")]
    [InlineData("seq_len", "1.5", "a whole number is wanted")]
    [InlineData("seq_len", "99999999999", "a whole number is wanted")]
    [InlineData("precision", "\"fp8\"", "precision is \"fp8\"; known: fp32, bf16")]
    [InlineData("attention", "\"math\"", "known: flash, vanilla")]
    [InlineData("recomputation", "true", "known: none, attention, full")]
    [InlineData("parallelism", "\"pp\"", "known: single, ddp, zero1, zero2, fsdp_full, hsdp")]
    [InlineData("tied_embeddings", "1", "true or false is wanted")]
    [InlineData("n_layer", "4", "unknown field n_layer")]
    public void An_impossible_field_is_named_with_its_value(string field, string value, string message)
    {
        var json = JsonNode.Parse(Full)!.AsObject();
        json["ffn_kind"] = "swiglu";
        json[field] = JsonNode.Parse(value);
        var exception = Assert.Throws<InputException>(() => BurstSpecReader.Parse(json.ToJsonString(), "my.json"));
        Assert.StartsWith("my.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Experts_and_windows_are_read_and_written()
    {
        var json = JsonNode.Parse(Full)!.AsObject();
        json["experts"] = JsonNode.Parse("""{"count":8,"per_token":2,"width":96,"shared_width":32,"dense_layers":1}""");
        json["windows"] = JsonNode.Parse("""{"tokens":128,"full_every":4}""");
        var spec = BurstSpecReader.Parse(json.ToJsonString(), "spec");
        Assert.Equal((new(8, 2, 96, 32, 1), new(128, 4)), (spec.Experts, spec.Windows));
        Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(JsonSerializer.Serialize(spec, MeasurementJson.Line))));
        Assert.Equal(spec, BurstSpecReader.Parse(JsonSerializer.Serialize(spec, MeasurementJson.Line), "written"));
    }

    [Theory]
    [InlineData("experts", """{"count":8,"per_token":9,"width":96}""", "experts: per_token is 9; 1 to 8 is allowed")]
    [InlineData("experts", """{"count":0,"per_token":1,"width":96}""", "experts: count is 0; 1 to 4096 is allowed")]
    [InlineData("experts", """{"count":8,"width":96}""", "experts: per_token is missing")]
    [InlineData("experts", """{"count":8,"per_token":2,"width":96,"k":2}""", "experts: unknown field k")]
    [InlineData("experts", "8", "experts is 8; an object is wanted")]
    [InlineData("windows", """{"tokens":0}""", "windows: tokens is 0; 1 to 1048576 is allowed")]
    [InlineData("windows", """{"tokens":64,"full_every":-1}""", "windows: full_every is -1; 0 to 1000 is allowed")]
    public void An_impossible_part_is_named_with_its_value(string field, string value, string message)
    {
        var json = JsonNode.Parse(Full)!.AsObject();
        json[field] = JsonNode.Parse(value);
        var exception = Assert.Throws<InputException>(() => BurstSpecReader.Parse(json.ToJsonString(), "my.json"));
        Assert.Equal($"my.json: {message}", exception.Message);
    }

    [Fact]
    public void All_problems_are_listed_at_once()
    {
        var exception = Assert.Throws<InputException>(() => BurstSpecReader.Parse(
            """{"n_layers":4,"n_heads":4,"vocab":0,"seq_len":0,"micro_batch":"two","precision":"fp4","speed":9}""", "spec"));
        foreach (var part in new[] { "d_model is missing", "vocab is 0", "seq_len is 0", "micro_batch is \"two\"", "precision is \"fp4\"",
            "unknown field speed" })
            Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{")]
    [InlineData("""{"vocab":1,"vocab":2}""")]
    public void What_is_not_a_spec_is_refused(string json) =>
        Assert.Throws<InputException>(() => BurstSpecReader.Parse(json, "spec"));

    [Fact]
    public void A_gpt_style_spec_has_learned_positions_and_biases()
    {
        var shape = BurstSpecReader.Parse(Full, "spec").Shape;
        Assert.Equal((PositionKind.Learned, NormKind.LayerNorm, true, 512),
            (shape.Positions, shape.Norm, shape.QkvBias, shape.MaxPositions));
        Assert.Equal(64, shape.HeadDim);
    }
}
