using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;

namespace SlmPlanner.Tests.Fitting;

/// <summary>What software that is not known may be.</summary>
public sealed class KernelOddsTests
{
    private static readonly KernelOdds StyleOdds = new(
    [
        Row("a", "eager", "Ddp"), Row("a", "eager", "Ddp"), Row("a", "eager", "Ddp"), Row("b", "fused", "Zero1"),
        Row("c", "fused", "Zero1"),
        Row("d", "compiled", "Ddp"),
    ]);

    [Fact]
    public void A_stack_counts_once_however_many_rows_it_has() =>
        Assert.Equal([("compiled", 0.25), ("eager", 0.25), ("fused", 0.5)], Styles(new()));

    [Fact]
    public void A_row_that_says_it_was_not_compiled_is_not_of_a_compiling_stack() =>
        Assert.Equal(["eager", "fused"], Styles(new() { Uncompiled = true }).Select(style => style.Style));

    /// <summary>Of the two fused stacks both shard states, of the others none: 2 · (2 + ½)/3 against 1 · ½/2 each.</summary>
    [Fact]
    public void The_sharding_scheme_tells_for_stacks_that_use_it()
    {
        var fused = Styles(new() { Parallelism = "Zero1" }).Single(style => style.Style == "fused");
        Assert.Equal(2 * 2.5 / 3 / (2 * 2.5 / 3 + 2 * 0.25), fused.Odds, 12);
    }

    [Fact]
    public void A_style_that_is_known_and_a_calibrated_machine_are_not_open()
    {
        Assert.False(StyleOdds.Open(new() { Kernels = "eager" }));
        Assert.False(StyleOdds.Open(new() { Machine = "mine" }));
        Assert.True(StyleOdds.Open(new()));
    }

    private static GroupKeys Row(string stack, string kernels, string scheme) =>
        new() { Stack = stack, Kernels = kernels, Parallelism = scheme };

    private static (string Style, double Odds)[] Styles(GroupKeys keys) =>
        [.. StyleOdds.Of(keys).Select(style => (style.Keys.Kernels!, style.Probability))];
}
