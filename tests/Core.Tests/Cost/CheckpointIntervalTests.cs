using CsCheck;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Tests.Cost;

public sealed class CheckpointIntervalTests
{
    [Fact]
    public void Rare_stops_give_Youngs_square_root() =>
        Assert.Equal(Math.Sqrt(2 * 10 * 1e6), CheckpointInterval.Seconds(10, 1e-6), 10.0);

    /// <summary>
    /// Daly's formula to its third term: δ = 4 s and M = 8 s make √(δ/2M) = ½ and √(2δM) = 8, so that 8·(1 + ½/3 + ¼/9) − 4 = 50/9 s. From
    /// δ = 2 M on it is M.
    /// </summary>
    [Theory]
    [InlineData(4, 50 / 9.0)]
    [InlineData(16, 8)]
    [InlineData(40, 8)]
    public void Frequent_stops_have_Dalys_three_terms(double write, double seconds) =>
        Assert.Equal(seconds, CheckpointInterval.Seconds(write, 1 / 8.0), 1e-12);

    [Fact]
    public void Nothing_failing_needs_no_checkpoints() => Assert.Equal(double.PositiveInfinity, CheckpointInterval.Seconds(10, 0));

    [Fact]
    public void Dalys_interval_is_within_a_thousandth_of_the_best_of_all_intervals() =>
        Gen.Select(Gen.Double[1, 60], Gen.Double[1800, 1e6], Gen.Double[0.2, 5]).Sample((write, mean, factor) =>
        {
            double Expected(double interval) => Math.Exp((interval + write) / mean) / interval - 1 / interval;
            var chosen = CheckpointInterval.Seconds(write, 1 / mean);
            return Expected(chosen) <= Expected(chosen * factor) * 1.001;
        });
}
