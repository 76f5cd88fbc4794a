using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Memory.Fitting;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

/// <summary>Learned peaks move what is believed of their stack, by as much as they tell and no other stack.</summary>
public sealed class LearnedPeaksTests
{
    private const string Own = "own trainer";
    private const double Spread = 0.2;
    private static readonly TransformerShape Shape = ShippedModels.Catalog.Find("gpt2");
    private static readonly TrainingSetup Setup = new(
        1024, 16, 1, Layout.OneDevice, Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, Compile: false);

    private static readonly MemoryTraits Lean = new() { Loss = LossKernel.InPlace, HalfResidual = true, FusedOptimizer = true };

    private static readonly SoftwareStackCatalog Stacks = new(
        [
            new("wide", ["wide"], null, MemoryTraits.Unknown), new("lean", ["lean"], null, Lean),
            new("known", ["known"], null, MemoryTraits.Unknown),
        ], []);

    private static readonly MemoryProfile Before = new(
        Stacks, new(MemoryConstants.Documented, Spread, Spread, [new("wide", 0.5), new("lean", 0.5)], SharedShare: 0.5,
            UnknownSharedShare: 0.5));

    [Fact]
    public void A_peak_moves_the_next_one_towards_it_and_narrows_it()
    {
        var after = LearnedMemory.Of(Before, [Run("known", 1.3)]);
        var (plain, learned) = (Before.Outlook(Shape, "known"), after.Outlook(Shape, "known"));
        Assert.InRange(Bytes(learned) / Bytes(plain), 1.05, 1.3);
        Assert.True(learned.LogSpread < plain.LogSpread);
        Assert.True(learned.FitsProbability(Setup, Bytes(plain)) < 0.5);
    }

    /// <summary>That a run fitted where it needs a hundredth tells nothing: the next peak is as sure as before.</summary>
    [Fact]
    public void A_run_that_tells_nothing_leaves_the_spread()
    {
        var fitted = Run("known", 1) with { PeakBytes = null, DeviceBytes = 100 * Bytes(Before.Outlook(Shape, "known")) };
        var after = LearnedMemory.Of(Before, [fitted]).Outlook(Shape, "known");
        Assert.Equal(Spread, after.LogSpread, 0.02 * Spread);
        Assert.Equal(Bytes(Before.Outlook(Shape, "known")), Bytes(after), 0.01 * Bytes(after));
    }

    [Fact]
    public void More_peaks_of_the_same_kind_move_it_further()
    {
        var one = LearnedMemory.Of(Before, [Run("known", 1.3)]);
        var three = LearnedMemory.Of(Before, [Run("known", 1.3, 4), Run("known", 1.3, 8), Run("known", 1.3)]);
        Assert.True(Bytes(three.Outlook(Shape, "known")) > Bytes(one.Outlook(Shape, "known")));
        Assert.Equal(3, Assert.Single(three.Lessons.Values).Runs);
    }

    [Fact]
    public void The_same_runs_in_any_order_give_the_same()
    {
        PeakObservation[] runs = [Run("known", 1.3, 4), Run("known", 0.9, 8), Run(Own, 1.1)];
        var (one, other) = (LearnedMemory.Of(Before, runs), LearnedMemory.Of(Before, runs.Reverse()));
        Assert.Equal(Bytes(one.Outlook(Shape, "known")), Bytes(other.Outlook(Shape, "known")));
        Assert.Equal(Bytes(one.Outlook(Shape, Own)), Bytes(other.Outlook(Shape, Own)));
    }

    [Fact]
    public void Other_stacks_stay_as_they_are()
    {
        var after = LearnedMemory.Of(Before, [Run("known", 1.3)]);
        Assert.Equal(Bytes(Before.Outlook(Shape, "wide")), Bytes(after.Outlook(Shape, "wide")));
        Assert.Equal(Spread, after.Outlook(Shape, Own).LogSpread);
    }

    /// <summary>The peak of an unknown stack is as the lean kind has it: the odds of that kind rise from a half.</summary>
    [Fact]
    public void Peaks_tell_of_which_kind_an_unknown_stack_is()
    {
        var lean = new MemoryModel(Shape, Lean).Predict(Setup).Total.Count;
        var after = LearnedMemory.Of(Before, [Run(Own, 1) with { PeakBytes = lean }]);
        var likeliest = Assert.Single(after.Lessons.Values).Kinds.MaxBy(kind => kind.Kind.Weight)!;
        Assert.Equal("lean", likeliest.Kind.Stack);
        Assert.InRange(likeliest.Kind.Weight, 0.6, 1);
        Assert.InRange(Bytes(after.Outlook(Shape, Own)) / lean, 0.95, 1.05);
    }

    /// <summary>A run that ran out of memory where it should have fitted has more than was thought.</summary>
    [Fact]
    public void Running_out_of_memory_counts_as_a_bound()
    {
        var plain = Bytes(Before.Outlook(Shape, "known"));
        var failed = Run("known", 1) with { PeakBytes = null, Ran = false, DeviceBytes = 1.2 * plain };
        Assert.True(Bytes(LearnedMemory.Of(Before, [failed]).Outlook(Shape, "known")) > 1.02 * plain);
    }

    /// <summary>Weights and states are counted: what is learned is a share of what comes and goes.</summary>
    [Fact]
    public void States_stay_as_they_are()
    {
        var (plain, learned) = (new MemoryModel(Shape), new MemoryModel(Shape, MemoryTraits.Unknown, learned: 0.5));
        var (before, after) = (plain.Predict(Setup), learned.Predict(Setup));
        Assert.Equal(before.OptimizerStates, after.OptimizerStates);
        Assert.Equal(before.Parameters, after.Parameters);
        var comesAndGoes = before.Activations.Count + before.Logits.Count;
        Assert.Equal(0.5 * comesAndGoes * (1 + MemoryConstants.Documented.Slack), after.Total.Count - before.Total.Count, 1.0);
    }

    /// <summary>A peak of unknown unit was read as GiB: in some cases it was GB, 2³⁰/10⁹ of which were read for each byte.</summary>
    [Fact]
    public void An_open_unit_leaves_two_readings()
    {
        var open = (Run("known", 1) with { UnitIsOpen = true }).Readings.ToList();
        Assert.Equal([(0.92, 1), (0.08, (1L << 30) / 1e9)], open.Select(reading => (Math.Round(reading.Probability, 9), reading.Read)));
        Assert.Equal([(1.0, MemoryKind.Device, 1.0)], Run("known", 1).Readings);
    }

    private static double Bytes(PeakOutlook outlook) => outlook.Model.Predict(Setup).Total.Count;

    /// <summary>A run whose peak is so many times what an unknown stack's traits predict.</summary>
    private static PeakObservation Run(string stack, double times, int microBatch = 16)
    {
        var setup = Setup with { MicroBatch = microBatch };
        return new(
            $"{stack}-{microBatch}", "own", stack, Shape, [(1, setup)], 80e9, times * new MemoryModel(Shape).Predict(setup).Total.Count,
            MemoryKind.Device, true);
    }
}
