using SlmPlanner.Core;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Tests.Measurements;

public sealed class SchemeWordsTests
{
    private const string Columns = "id,n_layers,d_model,seq_len,gpu,n_gpus,parallelism";

    [Theory]
    [InlineData("data parallel", "ddp")]
    [InlineData("single", "ddp")]
    [InlineData("no", "ddp")]
    [InlineData("1", "ddp")]
    [InlineData("zero0", "ddp")]
    [InlineData("NO_SHARD", "ddp")]
    [InlineData("distributed optimizer", "zero1")]
    [InlineData("zero-2", "zero2")]
    [InlineData("zero(deepspeed)", "zero2")]
    [InlineData("ZeRO-3", "fsdp_full")]
    [InlineData("deepspeed zero stage 3", "fsdp_full")]
    [InlineData("FSDP2", "fsdp_full")]
    [InlineData("fsdp full shard", "fsdp_full")]
    [InlineData("FULL_SHARD", "fsdp_full")]
    [InlineData("SHARD_GRAD_OP", "fsdp_grad_op")]
    [InlineData("HYBRID_SHARD", "hsdp")]
    [InlineData("fsdp/zero3", "fsdp_full")]
    [InlineData("tp2pp4", "ddp+tp(2)+pp(4)")]
    [InlineData("tp=2,pp=4", "ddp+tp(2)+pp(4)")]
    [InlineData("TP2 PP4", "ddp+tp(2)+pp(4)")]
    [InlineData("TP2 x PP4", "ddp+tp(2)+pp(4)")]
    [InlineData("tensor parallel 2, pipeline-parallel 4", "ddp+tp(2)+pp(4)")]
    [InlineData("3D (tp2, pp2)", "ddp+tp(2)+pp(2)")]
    [InlineData("ddp+tp4", "ddp+tp(4)")]
    [InlineData("FSDP2 + TP 4 + SP", "fsdp_full+tp(4)+sp")]
    [InlineData("hsdp(dp4)", "hsdp(dp4)")]
    [InlineData("tp(2)+ddp(4)", "ddp(dp4)+tp(2)")]
    [InlineData("zero1-distopt(dp4)+pp(4) vp=10", "zero1(dp4)+pp(4)+vp(10)")]
    public void Names_and_axes_in_peoples_words(string words, string written) =>
        Assert.Equal((Scheme.Parse(written), null), SchemeWords.Of(words));

    [Theory]
    [InlineData("dp8", "ddp", 8)]
    [InlineData("TP2+PP2+DP2", "ddp+tp(2)+pp(2)", 2)]
    [InlineData("dp4_tp2_pp1_zero1", "zero1+tp(2)", 4)]
    [InlineData("data parallel 4, zero 2", "zero2", 4)]
    public void Data_parallel_ranks_may_be_stated(string words, string written, int ranks) =>
        Assert.Equal((Scheme.Parse(written), ranks), SchemeWords.Of(words));

    [Theory]
    [InlineData("3d", "is not understood; allowed single, ddp, zero1")]
    [InlineData("zero", "is not understood")]
    [InlineData("tp2+tp4", "'tp4' is not understood")]
    [InlineData("fsdp+zero1", "is not understood")]
    [InlineData("tp0", "is not understood")]
    [InlineData("fsdp_full(8)", "is not understood")]
    [InlineData("pp4+gpipe", "'gpipe' is not understood")]
    [InlineData("zero3-offload", "host's memory")]
    public void What_is_not_plain_is_refused(string words, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => SchemeWords.Of(words)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("n/a")]
    [InlineData("?")]
    [InlineData(null)]
    public void Nothing_may_be_stated(string? words) => Assert.Null(SchemeWords.Of(words));

    /// <summary>The written form of every scheme reads as the scheme.</summary>
    [Fact]
    public void The_written_form_is_understood()
    {
        int[] counts = [1, 2, 16];
        var schemes =
            from name in Enum.GetValues<SchemeName>()
            from count in counts
            from other in counts
            from flag in new[] { false, true }
            select new Scheme(name, name == SchemeName.Ddp ? 0 : count - 1, other, count, other, count, flag, flag ? 1 : other, flag);
        Assert.All(schemes, scheme => Assert.Equal((scheme, null), SchemeWords.Of(scheme.ToString())));
    }

    /// <summary>8 devices in model-parallel groups of 4 leave 2 data-parallel ranks.</summary>
    [Theory]
    [InlineData("TP2+PP2+DP2", null)]
    [InlineData("TP2+PP2+DP4", "'TP2+PP2+DP4' means 4 data-parallel ranks of 4 devices each, but n_gpus is 8")]
    public void Stated_ranks_are_checked_against_the_devices(string words, string? problem)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "rows.csv");
        File.WriteAllText(path, $"{Columns}\na,12,768,1024,A100,8,{words}\n");
        var row = Assert.Single(MeasurementCsv.Read(path));
        Assert.Equal(problem is null ? Scheme.Parse("tp(2)+pp(2)") : null, row.Observation?.Mesh.Scheme);
        Assert.Contains(problem ?? "", row.Problem ?? "", StringComparison.Ordinal);
    }
}
