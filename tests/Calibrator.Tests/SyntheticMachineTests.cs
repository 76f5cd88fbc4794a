using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Calibrator.Tests;

/// <summary>A machine whose coefficients are known takes the place of real bursts: the run must find it out.</summary>
public class SyntheticMachineTests
{
    private static readonly Lazy<RunState> Measured = new(() => Measure(bursts: 40));

    private static readonly RunSettings Settings = new()
    {
        Device = "cpu",
        Threads = 2,
        BudgetSeconds = 300,
        Seed = 1,
        Ranges = PoolRanges.Default,
        Command = "test",
    };

    private static readonly RunEnvironment Environment = new()
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

    private static readonly MicroSample[] Micro =
    [
        new(MicroKind.Matmul, BurstPrecision.Fp32, [1024, 1024, 1024], 2e9, 12e6, [0.01]),
        new(MicroKind.Matmul, BurstPrecision.Bf16, [1024, 1024, 1024], 2e9, 6e6, [0.0025]),
        new(MicroKind.Elementwise, BurstPrecision.Fp32, [1 << 24], 0, 2e8, [0.01]),
    ];

    [Fact]
    public void Held_out_bursts_of_a_known_machine_are_predicted_within_five_per_cent()
    {
        var result = CalibrationResult.Of(Measured.Value);
        Assert.Equal(8, result.HeldOut.Count);
        Assert.InRange(result.HeldOutError!.Value, 0, 0.05);
        Assert.True(result.Model.Fitted.Converged);
        Assert.True(result.Coverage >= 0.6, $"coverage {result.Coverage}");
    }

    [Fact]
    public void Bursts_on_two_ranks_of_a_known_machine_are_predicted_within_five_per_cent()
    {
        var state = Measure(bursts: 60, Link);
        var result = CalibrationResult.Of(state);
        var ranked = result.HeldOut.Where(burst => burst.Spec.Parallelism != BurstParallelism.OneRank).ToArray();
        Assert.Equal(4, state.Fitted.Select(burst => burst.Spec.Parallelism).Distinct().Count());
        Assert.True(ranked.Length >= 6, $"{ranked.Length} held out on two ranks");
        Assert.InRange(ranked.Average(burst => Math.Abs(burst.Error)), 0, 0.05);
        Assert.NotNull(result.Device.Link);
    }

    [Fact]
    public void One_rank_alone_draws_no_sharding()
    {
        Assert.All(Measured.Value.Bursts, pair => Assert.Equal(BurstParallelism.OneRank, pair.Burst.Spec.Parallelism));
    }

    [Fact]
    public void Bursts_cover_both_formats_and_both_attention_kinds()
    {
        var specs = Measured.Value.Fitted.Select(burst => burst.Spec).ToArray();
        Assert.Equal(4, specs.Select(spec => (spec.Precision, spec.Attention)).Distinct().Count());
        Assert.True(specs.Select(spec => spec.DModel).Distinct().Count() >= 4);
        Assert.Equal(Measured.Value.Bursts.Count, Measured.Value.Bursts.Select(pair => pair.Burst.Spec).Distinct().Count());
    }

    [Fact]
    public void A_resumed_run_chooses_what_the_whole_run_would_have()
    {
        var lines = Measured.Value.Bursts.Take(12).Select(pair => new MeasurementLine { At = default, Burst = pair.Burst, HeldOut = pair.HeldOut });
        var state = new RunState([new() { At = default, Environment = Environment }, new() { At = default, Micro = Micro }, .. lines]);
        var next = new BurstMatrix(MachineSpec.Of(Environment, Micro), Settings).Next(state, 200);
        Assert.NotNull(next);
        Assert.DoesNotContain(next.Burst.Spec, state.Bursts.Select(pair => pair.Burst.Spec));
    }

    [Fact]
    public void No_burst_is_chosen_that_does_not_fit_into_the_time_left()
    {
        var state = new RunState([new() { At = default, Environment = Environment }, new() { At = default, Micro = Micro }]);
        var matrix = new BurstMatrix(MachineSpec.Of(Environment, Micro), Settings);
        Assert.Null(matrix.Next(state, 0.5));
        Assert.True(matrix.Next(state, 10)!.Burst.CostSeconds < 10);
    }

    [Fact]
    public void A_profile_is_read_back_with_the_predictions_that_it_was_written_with()
    {
        var result = CalibrationResult.Of(Measured.Value);
        var folder = Directory.CreateTempSubdirectory("profile").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "profile.json"), result.ProfileJson("test"));
            var store = SlmPlanner.Data.Profiles.ProfileStore.Open(folder);
            var profile = PerformanceFiles.Read(store);
            Assert.Equal(["synthetic"], profile.Machines);
            var spec = result.HeldOut[0].Spec;
            var seconds = profile.Bind(spec.Shape, store.Devices.Find("synthetic"), null, null).Predict(spec.Setup(1)).TotalSeconds;
            Assert.Equal(result.Model.Predict(spec).Step.TotalSeconds, seconds, 1e-3 * seconds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RunState Measure(int bursts, CollectiveMeasurement? collectives = null)
    {
        var device = MachineSpec.Of(Environment, Micro, collectives);
        var state = new RunState(
        [
            new() { At = default, Environment = Environment }, new() { At = default, Micro = Micro }, new() { At = default, Collectives = collectives },
        ]);
        var matrix = new BurstMatrix(device, Settings);
        var noise = new Random(5);
        while (state.Bursts.Count < bursts)
        {
            var chosen = matrix.Next(state, 60)!;
            var spec = chosen.Burst.Spec;
            var setup = spec.SetupOn(device);
            var seconds = StepTimeEquation.Evaluate(
                ShapeCosts.Of(spec.Shape, false), DeviceRates.Of(device, setup.Precision)!.Value, LinkRates.Of(null, device), setup, Truth(spec)).TotalSeconds
                * Math.Exp(0.01 * (2 * noise.NextDouble() - 1));
            state.Add(new()
            {
                At = default,
                HeldOut = chosen.HeldOut,
                Burst = new()
                {
                    Spec = spec,
                    Device = "synthetic",
                    Ranks = setup.Gpus,
                    RanksPerHost = setup.GpusPerNode,
                    Status = BurstStatus.Ok,
                    StepTimeS = new(seconds, seconds, seconds, 0, seconds, 6),
                    TokensPerS = setup.Gpus * spec.TokensPerStep / seconds,
                },
            });
        }
        return state;
    }

    /// <summary>Two ranks that exchange 2 GB/s after 50 µs.</summary>
    private static CollectiveMeasurement Link { get; } = new("synthetic", 2, 2,
    [
        .. from kind in new[] { CollectiveKind.AllReduce, CollectiveKind.ReduceScatter, CollectiveKind.AllGather }
           from bytes in new long[] { 1 << 10, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26 }
           select new CollectiveTiming(kind, bytes, 2, 1, [.. Enumerable.Range(99, 3).Select(percent => percent / 100.0 * (5e-5 + kind.BusFactor(2) * bytes / 2e9))]),
    ]);

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
            Move(prior, GroupLevel.Machine, shared, 0.7) + Move(prior, GroupLevel.MachinePrecision, own, 0.4) + Move(prior, GroupLevel.MachineBlock, block, 0.2)
            + ranked * (Move(prior, GroupLevel.MachineRanks, several, 0.2) + Move(prior, GroupLevel.MachineScheme, scheme, 0.3))))];
    }
}
