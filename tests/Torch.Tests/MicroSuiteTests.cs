using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.MicroBenchmarks;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Torch.Tests;

public sealed class MicroSuiteTests
{
    /// <summary>
    /// The best multiply of each format and the bandwidth are the machine's datasheet; without them no step can be predicted.
    /// </summary>
    [Fact]
    public void A_suite_past_its_limit_measures_once_what_a_datasheet_needs_and_nothing_else()
    {
        Torch.LoadOrSkip();
        var samples = new MicroSuite(new CpuDevice()).Run(budgetSeconds: 0, limitSeconds: 0, TestContext.Current.CancellationToken);
        (MicroKind, BurstPrecision)[] needed =
        [
            (MicroKind.Matmul, BurstPrecision.Fp32), (MicroKind.Matmul, BurstPrecision.Bf16),
            (MicroKind.Elementwise, BurstPrecision.Fp32), (MicroKind.Elementwise, BurstPrecision.Bf16),
        ];
        Assert.Equal(needed, samples.Select(sample => (sample.Kind, sample.Precision)));
        Assert.All(samples, sample => Assert.Single(sample.Seconds));
    }
}
