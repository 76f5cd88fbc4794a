using SlmPlanner.Core.Fitting;

namespace SlmPlanner.Tests.Fitting;

public sealed class LowerTriangleTests
{
    /// <summary>A = L·Lᵀ with L = (2, 0, 0; 1, 3, 0; −1, 2, 1), worked by hand: A = (4, 2, −2; 2, 10, 5; −2, 5, 6).</summary>
    private static LowerTriangle Factor() => LowerTriangle.Factor([[4], [2, 10], [-2, 5, 6]]);

    [Fact]
    public void A_system_is_solved_by_two_substitutions()
    {
        double[] x = [2, 16, 10];
        Factor().Solve(x);
        Assert.Equal([1, 5, 1], x);
        Factor().SolveTransposed(x);
        Assert.Equal([0.5, 1, 1], x);
    }

    /// <summary>The determinant is 36; the cofactors over it.</summary>
    [Fact]
    public void The_inverse_is_that_of_the_matrix()
    {
        double[][] expected = [[35 / 36.0, -22 / 36.0, 30 / 36.0], [-22 / 36.0, 20 / 36.0, -24 / 36.0], [30 / 36.0, -24 / 36.0, 1]];
        var inverse = Factor().Inverse();
        for (var row = 0; row < 3; row++)
            for (var column = 0; column < 3; column++)
                Assert.Equal(expected[row][column], inverse[row][column], 12);
        Assert.All(Factor().InverseDiagonal().Index(), place => Assert.Equal(expected[place.Index][place.Index], place.Item, 12));
    }

    /// <summary>
    /// By hand: two blocks that have nothing in common are factored each on its own, and a last row that has with both: L = (2, 0, 0;
    /// 0, 3, 0; 1, 2, 4), so A = (4; 0, 9; 2, 6, 21).
    /// </summary>
    [Fact]
    public void Rows_that_start_with_zeros_are_factored_as_others()
    {
        double[] x = [2, 6, 13];
        LowerTriangle.Factor([[4], [0, 9], [2, 6, 21]]).Solve(x);
        Assert.Equal([1, 2, 2], x);
    }

    [Fact]
    public void Rows_that_say_the_same_without_noise_are_refused() =>
        Assert.Throws<ArithmeticException>(() => LowerTriangle.Factor([[1], [1, 1]]));
}
