using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Tests;

/// <summary>A machine whose coefficients are known.</summary>
internal static class SyntheticMachine
{
    /// <summary>What a run on it says of it.</summary>
    public static RunEnvironment Environment { get; } = new()
    {
        Device = "synthetic",
        DeviceKind = "cpu",
        Processor = "synthetic",
        Threads = 2,
        MemoryBytes = 16e9,
        System = "test",
        Machine = "test",
        Program = "0",
        BudgetS = 300,
        Seed = 1,
    };

    /// <summary>The micro-benchmarks that a datasheet needs.</summary>
    public static IReadOnlyList<MicroSample> Micro { get; } =
    [
        new(MicroKind.Matmul, BurstPrecision.Fp32, [1024, 1024, 1024], 2e9, 12e6, [0.01]),
        new(MicroKind.Matmul, BurstPrecision.Bf16, [1024, 1024, 1024], 2e9, 6e6, [0.0025]),
        new(MicroKind.Elementwise, BurstPrecision.Fp32, [1 << 24], 0, 2e8, [0.01]),
    ];

    /// <summary>What a step truly takes on it.</summary>
    public static double StepSeconds(Accelerator device, BurstSpec spec)
    {
        var setup = spec.SetupOn(device);
        return StepTimeEquation.Evaluate(
            ShapeCosts.Of(spec.Shape, false), DeviceRates.Of(device, setup.Precision)!.Value, LinkRates.Of(null, device), setup,
            Truth(spec)).TotalSeconds;
    }

    /// <summary>
    /// The priors, moved as far as the model allows a machine to differ: shared by both formats, each on its own, by style of block, and on
    /// several ranks.
    /// </summary>
    private static double[] Truth(BurstSpec spec)
    {
        var (shared, own) = (new Random(11), new Random(20 + (int)spec.Precision));
        var block = new Random(80 + (int)spec.FfnKind);
        var several = new Random(40);
        var scheme = new Random(60 + (int)spec.Parallelism);
        var ranked = spec.Parallelism == BurstParallelism.OneRank ? 0 : 1;
        double Move(CoefficientPrior prior, GroupLevel level, Random random, double reach) =>
            (prior.Levels.Any(prior => prior.Level == level) ? reach : 0) * (2 * random.NextDouble() - 1);
        return [.. CoefficientPriors.All.Select(prior => prior.Value * Math.Exp(
            Move(prior, GroupLevel.Machine, shared, 0.7) + Move(prior, GroupLevel.MachinePrecision, own, 0.4)
            + Move(prior, GroupLevel.MachineBlock, block, 0.2)
            + ranked * (Move(prior, GroupLevel.MachineRanks, several, 0.2) + Move(prior, GroupLevel.MachineScheme, scheme, 0.3))))];
    }
}
