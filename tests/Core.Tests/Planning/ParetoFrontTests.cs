using CsCheck;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Tests.Planning;

public sealed class ParetoFrontTests
{
    /// <summary>Whole numbers in a small range, so that ties are common.</summary>
    private static readonly Gen<(int Cost, int Time)[]> Points = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9]).Array[0, 30];

    [Fact]
    public void Holds_exactly_the_points_that_none_beats() =>
        Points.Sample(points =>
        {
            var expected = points
                .Where(point => !points.Any(other => other.Cost <= point.Cost && other.Time <= point.Time && other != point))
                .Distinct().Order();
            return Front(points).SequenceEqual(expected);
        });

    [Fact]
    public void Rises_in_one_quantity_as_it_falls_in_the_other() =>
        Points.Sample(points =>
        {
            var front = Front(points);
            return front.Zip(front.Skip(1)).All(pair => pair.First.Cost < pair.Second.Cost && pair.First.Time > pair.Second.Time);
        });

    [Fact]
    public void Does_not_depend_on_the_order_of_points() =>
        Points.Sample(points => Front(points).SequenceEqual(Front(points.Reverse())));

    private static IReadOnlyList<(int Cost, int Time)> Front(IEnumerable<(int Cost, int Time)> points) =>
        ParetoFront.Of(points, point => point.Cost, point => point.Time);
}
