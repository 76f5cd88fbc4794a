using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Memory;

/// <summary>Bytes that a peak needs and verdicts of fitting are two sides of one distribution.</summary>
public sealed class PeakJudgementTests
{
    private static readonly MemoryTraits Lean = new() { Loss = LossKernel.InPlace, HalfResidual = true, FusedOptimizer = true };

    private static readonly SoftwareStackCatalog Stacks = new(
        [
            new("wide", ["wide"], null, MemoryTraits.Unknown), new("lean", ["lean"], null, Lean),
            new("compiles", ["compiles"], new() { Kernels = "compiled" }, MemoryTraits.Unknown with { LogsLiveTensors = true }),
        ], []);

    private static readonly MemoryProfile Profile = new(
        Stacks, new(MemoryConstants.Documented, 0.1, 0.2, [new("wide", 0.6), new("lean", 0.4)], 0, SharedShare: 0.3,
            UnknownSharedShare: 0.5));

    /// <summary>
    /// What a setup needs with a probability is what it fits into with that probability, of one kind and of two, and a millionth either way
    /// decides.
    /// </summary>
    [Theory]
    [InlineData("wide", 0.9)]
    [InlineData("nobody", 0.9)]
    [InlineData("nobody", 0.5)]
    [InlineData("nobody", 0.3)]
    public void What_is_needed_is_what_it_fits_into(string stack, double confidence)
    {
        var outlook = Profile.Outlook(ExampleSetups.Shape, stack);
        var needed = outlook.Needed(ExampleSetups.Setup, new(0, confidence));
        Assert.Equal(confidence, outlook.FitsProbability(ExampleSetups.Setup, needed), 1e-6);
        Assert.True(outlook.Fits(ExampleSetups.Setup, new(needed * (1 + 1e-6), confidence)));
        Assert.False(outlook.Fits(ExampleSetups.Setup, new(needed * (1 - 1e-6), confidence)));
        Assert.True(outlook.NeedsAtLeast(ExampleSetups.Setup, new(0, confidence), needed * (1 - 1e-6)));
        Assert.False(outlook.NeedsAtLeast(ExampleSetups.Setup, new(0, confidence), double.PositiveInfinity));
    }

    /// <summary>Far above every kind's peak all fit, far below none.</summary>
    [Theory]
    [InlineData(10, true)]
    [InlineData(0.1, false)]
    public void Far_from_all_peaks_the_verdict_is_clear(double times, bool fits)
    {
        var outlook = Profile.Outlook(ExampleSetups.Shape, "nobody");
        var peak = outlook.Model.Predict(ExampleSetups.Setup).Total.Count;
        Assert.Equal(fits, outlook.Fits(ExampleSetups.Setup, new(times * peak, 0.9)));
    }

    /// <summary>Known stacks have their spread and what they share, unknown ones theirs.</summary>
    [Theory]
    [InlineData("wide", 0.1, 0.3)]
    [InlineData("nobody", 0.2, 0.5)]
    public void A_stack_has_the_spread_of_what_is_known_of_it(string stack, double spread, double shared) =>
        Assert.Equal((spread, shared), (Profile.Spread(stack), Profile.SharedShare(stack)));

    /// <summary>Nothing lies below nothing, all below everything.</summary>
    [Theory]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(0, 0.5)]
    public void The_tail_has_ends(double deviations, double probability) => Assert.Equal(probability, PeakTail.Below(deviations));

    /// <summary>Each way is half as likely as the one before: 4, 2 and 1 of 7.</summary>
    [Fact]
    public void Ways_halve() => Assert.Equal([4 / 7.0, 2 / 7.0, 1 / 7.0], RowMemory.Odds(3));

    /// <summary>A stack that compiles is taken to where it is not said, and where it is said not to, not.</summary>
    [Theory]
    [InlineData("compiles", true, true)]
    [InlineData("compiles", false, false)]
    [InlineData("wide", true, false)]
    public void A_stack_that_compiles_compiles(string stack, bool isOpen, bool compiled) => Assert.Equal(compiled,
        Assert.Single(new RowMemory(Profile).Ways(ExampleSetups.Setup, new(stack, false, false, isOpen))).Compile);

    /// <summary>Unstated recomputation is none or full; with adapters full or none.</summary>
    [Theory]
    [InlineData(TuningMethod.Full, Recomputation.None, Recomputation.Full)]
    [InlineData(TuningMethod.Lora, Recomputation.Full, Recomputation.None)]
    public void Unstated_recomputation_is_the_likelier_first(TuningMethod method, Recomputation first, Recomputation second) =>
        Assert.Equal(
        [first, second],
        new RowMemory(Profile).Ways(ExampleSetups.Setup with { Tuning = new(method) }, new("wide", false, true))
            .Select(way => way.Recomputation));

    /// <summary>
    /// 16-bit gradients beside fp32 ones: 8 bytes of the table of 50,304 × 2,048 and 2 of all parameters; sharded states hold the latter.
    /// </summary>
    [Theory]
    [InlineData("ddp", 2)]
    [InlineData("zero1", 0)]
    public void Narrow_gradients_stand_beside_wide_ones(string scheme, double perParameter)
    {
        var setup = ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(8, 8) };
        double Bytes(bool adds) => new MemoryModel(ExampleSetups.Shape, MemoryTraits.Unknown with { AddsNarrowGradients = adds })
            .Predict(setup)[MemoryComponents.Narrow];
        var parameters = SlmPlanner.Core.Models.ParameterCount.Of(ExampleSetups.Shape).Total;
        Assert.Equal((8 * 50_304.0 * 2048) + (perParameter * parameters), Bytes(true), 1.0);
        Assert.Equal(0, Bytes(false));
    }
}
