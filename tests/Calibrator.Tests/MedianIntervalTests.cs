using CsCheck;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests;

public class MedianIntervalTests
{
    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void Six_values_are_the_fewest_for_95_per_cent(int count, bool covers) =>
        Assert.Equal(covers, MedianInterval.Of([.. Enumerable.Range(1, count).Select(i => (double)i)]).Covers);

    [Fact]
    public void Ranks_are_those_of_the_published_table()
    {
        // Hahn and Meeker, table A.15: n = 20, 95 % interval of the median from the 6th to the 15th value.
        var interval = MedianInterval.Of([.. Enumerable.Range(1, 20).Select(i => (double)i)]);
        Assert.Equal((6, 10.5, 15), (interval.Low, interval.Median, interval.High));
    }

    [Fact]
    public void The_interval_holds_the_median_and_lies_in_the_sample() => Gen.Double[0, 1].Array[1, 60].Sample(values =>
    {
        var interval = MedianInterval.Of(values);
        Assert.InRange(interval.Median, interval.Low, interval.High);
        Assert.True(interval.Low >= interval.Minimum && interval.High <= values.Max());
    });

    [Fact]
    public void The_interval_covers_the_true_median_as_often_as_it_says()
    {
        var random = new Random(3);
        var covered = Enumerable.Range(0, 2000).Count(_ =>
        {
            var interval = MedianInterval.Of([.. Enumerable.Range(0, 15).Select(_ => -Math.Log(random.NextDouble()))]);
            return interval.Low <= Math.Log(2) && Math.Log(2) <= interval.High;
        });
        Assert.InRange(covered / 2000.0, 0.93, 1);
    }
}
