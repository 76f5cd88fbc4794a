using CsCheck;
using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Core.Tests.Fitting;

public sealed class RowGramTests
{
    private const int Parameters = 3;
    private static readonly double[] Deviations = [0.5, 1, 2];
    private static readonly Gen<double[]> Slopes = Gen.Double[-3, 3].Array[Parameters];

    /// <summary>
    /// Rows of which some are linearised anew: solving with the factor and multiplying by the covariance, slopes × variances × slopes over
    /// 1 + damping and noise, written out here, gives back what was solved for.
    /// </summary>
    [Fact]
    public void Rows_that_change_are_multiplied_again_and_others_are_as_before() => Gen.Select(
        Slopes.Array[1, 8], Slopes.Array[8], Gen.Bool.Array[8], Gen.Double[0, 5], Gen.Double[0.1, 10].Array[8]).Sample(
        (first, second, changes, damping, precisions) =>
        {
            double[][] slopes = [.. first.Select((row, index) => changes[index] ? second[index] : row)];
            var weights = precisions[..first.Length];
            var gram = new RowGram(Deviations);
            gram.Renew([.. first.Select(Row)]);
            gram.Factor(weights, damping);
            gram.Renew([.. slopes.Select(Row)]);
            double[] solved = [.. weights];
            var factor = gram.Factor(weights, damping);
            factor.Solve(solved);
            factor.SolveTransposed(solved);
            for (var row = 0; row < slopes.Length; row++)
            {
                var sum = solved[row] / weights[row];
                for (var other = 0; other < slopes.Length; other++)
                    for (var index = 0; index < Parameters; index++)
                        sum += slopes[row][index] * Deviations[index] * Deviations[index] / (1 + damping) * slopes[other][index]
                            * solved[other];
                Assert.Equal(weights[row], sum, 1e-6);
            }
        });

    private static LinearObservation Row(double[] slopes) => new(0, 0, 0, 0, [.. Enumerable.Range(0, Parameters)], slopes);
}
