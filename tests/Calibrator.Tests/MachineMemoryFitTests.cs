using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests;

public class MachineMemoryFitTests
{
    private static IReadOnlyList<BurstResult> Bursts(double contextBytes, double slack, int count)
    {
        var truth = MachineSpec.BurstMemory with { Constants = MachineSpec.BurstMemory.Constants
            with { ContextBytes = contextBytes, Slack = slack } };
        return
        [
            .. new BurstPool(PoolRanges.Default, threads: 2, seed: 3).Draw(count).Select(spec => new BurstResult
            {
                Spec = spec,
                Device = "test",
                Status = BurstStatus.Ok,
                PeakMemoryBytes = truth.Of(spec.Shape).Predict(spec.Setup(1)).Total.Count,
            }),
        ];
    }

    [Theory]
    [InlineData(30e6, 0.05)]
    [InlineData(0, 0)]
    [InlineData(100e6, 0)]
    public void Context_and_slack_of_a_known_machine_are_found(double contextBytes, double slack)
    {
        var found = MachineMemoryFit.Of(Bursts(contextBytes, slack, 20)).Constants;
        Assert.Equal(contextBytes, found.ContextBytes, 1e5);
        Assert.Equal(slack, found.Slack, 1e-3);
    }

    /// <summary>Twice the peak in bursts with a fused window, as pieces may keep: the machine is found as if they were not there.</summary>
    [Fact]
    public void Peaks_of_windows_in_pieces_are_passed_over()
    {
        var bursts = Bursts(30e6, 0.05, 20);
        BurstResult[] windows = [.. bursts.Take(5).Select(burst => burst with
        {
            Spec = burst.Spec with { Windows = new(32), Attention = AttentionKind.Flash },
            PeakMemoryBytes = 2 * burst.PeakMemoryBytes,
        })];
        Assert.Equal(MachineMemoryFit.Of(bursts), MachineMemoryFit.Of([.. bursts, .. windows]));
    }

    [Fact]
    public void Three_peaks_are_too_few_to_fit()
    {
        Assert.Equal(MachineSpec.BurstMemory, MachineMemoryFit.Of(Bursts(30e6, 0.1, 3)));
        Assert.Equal(MemoryTraits.Unknown with { HalfResidual = true, HalfSoftmax = true, Loss = LossKernel.Direct, StagedBackward = true },
            MachineSpec.BurstMemory.Traits);
    }
}
