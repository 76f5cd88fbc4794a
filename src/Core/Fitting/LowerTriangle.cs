using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using Lanes = System.Numerics.Vector<double>;

namespace SlmPlanner.Core.Fitting;

/// <summary>A Cholesky factor L by rows, for many quick solves with one right-hand side each.</summary>
internal sealed class LowerTriangle
{
    private readonly double[][] _rows;

    /// <summary>Takes the lower triangle of a matrix.</summary>
    public LowerTriangle(Matrix<double> factor) =>
        _rows = [.. Enumerable.Range(0, factor.RowCount).Select(row => factor.Row(row, 0, row + 1).ToArray())];

    /// <summary>L⁻¹ x by forward substitution. Overwrites <paramref name="x"/> with it.</summary>
    public void Solve(double[] x)
    {
        for (var row = 0; row < x.Length; row++)
            x[row] = (x[row] - Dot(_rows[row].AsSpan(0, row), x.AsSpan(0, row))) / _rows[row][row];
    }

    /// <summary>Adds a weighted vector to another of the same length.</summary>
    public static void Add(Span<double> sum, double weight, ReadOnlySpan<double> vector)
    {
        var sums = MemoryMarshal.Cast<double, Lanes>(sum);
        var vectors = MemoryMarshal.Cast<double, Lanes>(vector);
        for (var i = 0; i < sums.Length; i++)
            sums[i] += weight * vectors[i];
        for (var i = sums.Length * Lanes.Count; i < sum.Length; i++)
            sum[i] += weight * vector[i];
    }

    /// <summary>The product of two vectors of the same length.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var lefts = MemoryMarshal.Cast<double, Lanes>(left);
        var rights = MemoryMarshal.Cast<double, Lanes>(right);
        var sums = Lanes.Zero;
        for (var i = 0; i < lefts.Length; i++)
            sums += lefts[i] * rights[i];
        var sum = System.Numerics.Vector.Sum(sums);
        for (var i = lefts.Length * Lanes.Count; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
