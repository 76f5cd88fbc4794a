using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using Lanes = System.Numerics.Vector<double>;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// A Cholesky factor L by rows (Golub and Van Loan 2013, algorithm 4.2.1, by inner products): on lanes of several numbers it takes a tenth
/// of the time of MathNet's managed one. What is 0 at the start of a row stays so and costs nothing: rows that have nothing in common with
/// those before them, as runs that share the model, are factored on their own (George and Liu 1981, "Computer Solution of Large Sparse
/// Positive Definite Systems", section 4.2).
/// </summary>
internal sealed class LowerTriangle
{
    private readonly double[][] _rows;

    private LowerTriangle(double[][] rows) => _rows = rows;

    /// <summary>The factor of a symmetric positive definite matrix, given by the rows of its lower triangle, which it overwrites.</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static LowerTriangle Factor(double[][] matrix)
    {
        var first = new int[matrix.Length];
        for (var row = 0; row < matrix.Length; row++)
        {
            var own = matrix[row];
            first[row] = Array.FindIndex(own, number => number != 0);
            for (var column = Math.Max(0, first[row]); column < row; column++)
            {
                var from = Math.Max(first[row], first[column]);
                own[column] = (own[column] - Dot(own.AsSpan(from, column - from), matrix[column].AsSpan(from, column - from)))
                    / matrix[column][column];
            }
            var left = own[row] - Dot(own.AsSpan(0, row), own.AsSpan(0, row));
            own[row] = left > 0 ? Math.Sqrt(left) : throw new ArithmeticException($"row {row} depends on those before it");
        }
        return new(matrix);
    }

    /// <summary>L⁻¹ x by forward substitution. Overwrites <paramref name="x"/> with it.</summary>
    /// <param name="x">As many numbers as there are rows.</param>
    /// <param name="from">The first number that is not 0.</param>
    public void Solve(double[] x, int from = 0)
    {
        for (var row = from; row < x.Length; row++)
            x[row] = (x[row] - Dot(_rows[row].AsSpan(from, row - from), x.AsSpan(from, row - from))) / _rows[row][row];
    }

    /// <summary>L⁻ᵀ x by back substitution. Overwrites <paramref name="x"/> with it.</summary>
    public void SolveTransposed(double[] x)
    {
        for (var row = x.Length - 1; row >= 0; row--)
        {
            x[row] /= _rows[row][row];
            Add(x.AsSpan(0, row), -x[row], _rows[row].AsSpan(0, row));
        }
    }

    /// <summary>The logarithm of the determinant of the matrix that this is the factor of.</summary>
    public double LogDeterminant => 2 * _rows.Select((row, index) => Math.Log(row[index])).Sum();

    /// <summary>A place on the diagonal of the inverse of the matrix that this is the factor of.</summary>
    public double InverseAt(int row)
    {
        var column = new double[_rows.Length];
        column[row] = 1;
        Solve(column, row);
        return Dot(column.AsSpan(row), column.AsSpan(row));
    }

    /// <summary>The diagonal of the inverse of the matrix that this is the factor of.</summary>
    public double[] InverseDiagonal()
    {
        var diagonal = new double[_rows.Length];
        Parallel.For(0, diagonal.Length, row => diagonal[row] = InverseAt(row));
        return diagonal;
    }

    /// <summary>The inverse of the matrix that this is the factor of, by rows.</summary>
    public double[][] Inverse()
    {
        var columns = new double[_rows.Length][];
        for (var column = 0; column < columns.Length; column++)
        {
            columns[column] = new double[_rows.Length];
            columns[column][column] = 1;
            Solve(columns[column], column);
        }
        double[][] inverse = [.. columns.Select(_ => new double[_rows.Length])];
        for (var row = 0; row < columns.Length; row++)
            for (var column = 0; column <= row; column++)
                inverse[row][column] = inverse[column][row] = Dot(columns[row].AsSpan(row), columns[column].AsSpan(row));
        return inverse;
    }

    /// <summary>The inverse of a symmetric matrix with positive eigenvalues.</summary>
    public static Matrix<double> Inverse(Matrix<double> matrix) => Matrix<double>.Build.DenseOfRowArrays(
        Factor([.. Enumerable.Range(0, matrix.RowCount)
            .Select(row => Enumerable.Range(0, row + 1).Select(column => matrix[row, column]).ToArray())])
            .Inverse());

    /// <summary>
    /// Adds a weighted vector to another of the same length. As <see cref="Dot"/> it is compiled in full at once: code on lanes can't be
    /// compiled ahead of time, and what is compiled quickly took a fifth of a second of a program's first plan.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
