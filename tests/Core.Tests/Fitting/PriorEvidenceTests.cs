using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Tests.Fitting;

public sealed class PriorEvidenceTests
{
    /// <summary>
    /// One parameter with deviation σ, one row at distance 2 of variance 0.25: log N(2; 0, σ² + 0.25) up to its constant, here at σ = 1.5,
    /// which is what is believed.
    /// </summary>
    [Fact]
    public void The_evidence_of_one_row_is_that_of_a_normal()
    {
        LinearObservation[] rows = [new(2, 0, 0, 0.5, [0], [1])];
        var (value, _) = new PriorEvidence(rows, [4], [2], [0], [1.5]).At([Math.Log(1.5)]);
        Assert.Equal(-(4 / 2.5 / 2) - (Math.Log(2.5) / 2), value, 12);
    }

    /// <summary>A deviation twice what is believed costs ½ (ln 2)².</summary>
    [Fact]
    public void A_deviation_that_nobody_expected_costs()
    {
        LinearObservation[] rows = [new(2, 0, 0, 0.5, [0], [0])];
        double[] believed = [1.5];
        var evidence = new PriorEvidence(rows, [4], [0], [0], believed);
        Assert.Equal(
            Math.Log(2) * Math.Log(2) / 2, evidence.At([Math.Log(1.5)]).Value - evidence.At([Math.Log(3)]).Value, 12);
    }

    /// <summary>Two kinds of deviations over five rows: the derivatives are those of differences.</summary>
    [Fact]
    public void The_gradient_is_that_of_the_value()
    {
        var random = new Random(3);
        LinearObservation[] rows = [.. Enumerable.Range(0, 5).Select(row => new LinearObservation(
            0, 0, 0, 0.1, [0, 1 + (row % 3)], [random.NextDouble(), random.NextDouble()]))];
        double[] distances = [.. rows.Select(_ => random.NextDouble() - 0.5)];
        var evidence = new PriorEvidence(rows, [100, 80, 120, 60, 90], distances, [0, 1, 1, 1], [0.3, 0.2]);
        double[] at = [Math.Log(0.25), Math.Log(0.4)];
        var (_, gradient) = evidence.At(at);
        for (var kind = 0; kind < 2; kind++)
        {
            double[] above = [.. at], below = [.. at];
            (above[kind], below[kind]) = (at[kind] + 1e-5, at[kind] - 1e-5);
            Assert.Equal((evidence.At(above).Value - evidence.At(below).Value) / 2e-5, gradient[kind], 6);
        }
    }
}
