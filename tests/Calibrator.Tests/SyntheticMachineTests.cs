using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Runs;
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
        var lines = Measured.Value.Bursts.Take(12)
            .Select(pair => new MeasurementLine { At = default, Burst = pair.Burst, HeldOut = pair.HeldOut });
        var state = new RunState([new() { At = default, Environment = SyntheticMachine.Environment },
            new() { At = default, Micro = SyntheticMachine.Micro }, .. lines]);
        var next = new BurstMatrix(MachineSpec.Of(SyntheticMachine.Environment, SyntheticMachine.Micro), Settings).Next(state, 200);
        Assert.NotNull(next);
        Assert.DoesNotContain(next.Burst.Spec, state.Bursts.Select(pair => pair.Burst.Spec));
    }

    [Fact]
    public void No_burst_is_chosen_that_does_not_fit_into_the_time_left()
    {
        var state = new RunState([new() { At = default, Environment = SyntheticMachine.Environment },
            new() { At = default, Micro = SyntheticMachine.Micro }]);
        var matrix = new BurstMatrix(MachineSpec.Of(SyntheticMachine.Environment, SyntheticMachine.Micro), Settings);
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
        var device = MachineSpec.Of(SyntheticMachine.Environment, SyntheticMachine.Micro, collectives);
        var state = new RunState(
        [
            new() { At = default, Environment = SyntheticMachine.Environment }, new() { At = default, Micro = SyntheticMachine.Micro },
            new() { At = default, Collectives = collectives },
        ]);
        var matrix = new BurstMatrix(device, Settings);
        var noise = new Random(5);
        while (state.Bursts.Count < bursts)
        {
            var chosen = matrix.Next(state, 60)!;
            var spec = chosen.Burst.Spec;
            var setup = spec.SetupOn(device);
            var seconds = SyntheticMachine.StepSeconds(device, spec) * Math.Exp(0.01 * (2 * noise.NextDouble() - 1));
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
           select new CollectiveTiming(kind, bytes, 2, 1,
               [.. Enumerable.Range(99, 3).Select(percent => percent / 100.0 * (5e-5 + kind.BusFactor(2) * bytes / 2e9))]),
    ]);
}
