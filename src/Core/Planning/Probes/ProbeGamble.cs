using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Random;

namespace SlmPlanner.Core.Planning.Probes;

/// <summary>
/// A choice between runs whose speeds are uncertain, and measurements that may be bought before it: the expected value of sample
/// information (Raiffa and Schlaifer 1961) where logarithms of step times are jointly normal.
/// </summary>
internal sealed class ProbeGamble
{
    /// <summary>Pairs of draws and their mirror images: they bring a saving within about 1 % of what is at stake.</summary>
    private const int Pairs = 1000;

    /// <summary>Seeds set aside for one seed of a request; above the number of dimensions.</summary>
    private const int Streams = 1024;

    private readonly Prospect[] _prospects;
    private readonly ProbeGoal _goal;
    private readonly Matrix<double> _covariance;
    private readonly double[] _noise;
    private readonly int _seed;

    /// <summary>States it.</summary>
    /// <param name="prospects">The runs to choose from; at least one.</param>
    /// <param name="goal">What is chosen by.</param>
    /// <param name="covariance">Of the logarithms of step times: first of the prospects, then of what the probes measure.</param>
    /// <param name="noise">Standard deviation of the error of each probe's own measurement.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="now">The prospect that is chosen without measuring; null for the best by the goal.</param>
    public ProbeGamble(
        IReadOnlyList<Prospect> prospects, ProbeGoal goal, double[,] covariance, IReadOnlyList<double> noise, int seed, int? now = null)
    {
        (_prospects, _goal, _noise, _seed) = ([.. prospects], goal, [.. noise], seed);
        _covariance = Matrix<double>.Build.DenseOfArray(covariance);
        var (means, variances) = (new double[_prospects.Length], new double[_prospects.Length]);
        for (var i = 0; i < _prospects.Length; i++)
            variances[i] = _covariance[i, i];
        Now = now ?? goal.Choose(_prospects, means, variances);
    }

    /// <summary>The same choice with some of the probes, in their order.</summary>
    public ProbeGamble Only(IReadOnlyList<int> probes)
    {
        int[] places = [.. Enumerable.Range(0, _prospects.Length), .. probes.Select(probe => _prospects.Length + probe)];
        var covariance = new double[places.Length, places.Length];
        for (var row = 0; row < places.Length; row++)
            for (var column = 0; column < places.Length; column++)
                covariance[row, column] = _covariance[places[row], places[column]];
        return new(_prospects, _goal, covariance, [.. probes.Select(probe => _noise[probe])], _seed, Now);
    }

    /// <summary>The prospect that is chosen without measuring.</summary>
    public int Now { get; }

    /// <summary>What is expected to be saved by a choice after probes, against the choice without.</summary>
    /// <param name="probes">Indices of the probes; each at most once.</param>
    public Saving Of(IReadOnlyList<int> probes)
    {
        if (probes.Count == 0)
            return default;
        var gain = Learned(probes);
        double[] variances = [.. _prospects.Select((_, i) => Math.Max(0, _covariance[i, i] - gain.Row(i).DotProduct(gain.Row(i))))];
        return Mean([.. probes], (scores, means) =>
        {
            gain.Multiply(scores, means);
            var chosen = _goal.Choose(_prospects, means.AsArray(), variances);
            return Difference(chosen, means[Now] + variances[Now] / 2, means[chosen] + variances[chosen] / 2);
        });
    }

    /// <summary>What would be saved if every step time were known before the choice: the expected regret of choosing now.</summary>
    public Saving OfKnowing()
    {
        var count = _prospects.Length;
        var factor = Root(_covariance.SubMatrix(0, count, 0, count));
        var certain = new double[count];
        return Mean([.. Enumerable.Range(0, count)], (scores, logs) =>
        {
            factor.Multiply(scores, logs);
            var chosen = _goal.Choose(_prospects, logs.AsArray(), certain);
            return Difference(chosen, logs[Now], logs[chosen]);
        });
    }

    private Saving Difference(int chosen, double logNow, double logChosen) => chosen == Now ? default : new(
        _prospects[Now].CostUsd(logNow) - _prospects[chosen].CostUsd(logChosen),
        _prospects[Now].HoursAt(logNow) - _prospects[chosen].HoursAt(logChosen),
        1);

    /// <summary>
    /// How the means of the prospects follow from independent standard normal scores of what the probes show: the covariance with the
    /// measurements times the inverse of their factor.
    /// </summary>
    private Matrix<double> Learned(IReadOnlyList<int> probes)
    {
        var count = _prospects.Length;
        var measured = Matrix<double>.Build.Dense(probes.Count, probes.Count, (row, column) =>
            _covariance[count + probes[row], count + probes[column]] + (row == column ? _noise[probes[row]] * _noise[probes[row]] : 0));
        var shared = Matrix<double>.Build.Dense(probes.Count, count, (row, column) => _covariance[count + probes[row], column]);
        return Root(measured).Solve(shared).Transpose();
    }

    /// <summary>
    /// Every dimension has draws of its own, so that two sets of probes differ by what they tell more than by chance.
    /// </summary>
    private Saving Mean(int[] dimensions, Func<Vector<double>, Vector<double>, Saving> draw)
    {
        Xoshiro256StarStar[] random = [.. dimensions.Select(dimension => new Xoshiro256StarStar(unchecked(_seed * Streams + dimension)))];
        var (scores, values) = (Vector<double>.Build.Dense(dimensions.Length), Vector<double>.Build.Dense(_prospects.Length));
        var sum = default(Saving);
        for (var pair = 0; pair < Pairs; pair++)
        {
            for (var i = 0; i < dimensions.Length; i++)
                scores[i] = Normal.Sample(random[i], 0, 1);
            sum += draw(scores, values);
            scores.MapInplace(score => -score, Zeros.Include);
            sum += draw(scores, values);
        }
        return sum * (1.0 / (2 * Pairs));
    }

    /// <summary>A lower factor; a little is added to the diagonal where speeds are wrong only together.</summary>
    private static Matrix<double> Root(Matrix<double> covariance)
    {
        var ridge = 1e-9 * Math.Max(1e-9, covariance.Diagonal().Maximum());
        return (covariance + Matrix<double>.Build.DiagonalIdentity(covariance.RowCount) * ridge).Cholesky().Factor;
    }
}

/// <summary>What is expected to be saved by choosing later rather than now.</summary>
/// <param name="Usd">Money; negative where time is bought with it.</param>
/// <param name="Hours">Time; negative where money is bought with it.</param>
/// <param name="ChangeShare">How often another run is chosen, 0..1.</param>
internal readonly record struct Saving(double Usd, double Hours, double ChangeShare)
{
    public static Saving operator +(Saving left, Saving right) =>
        new(left.Usd + right.Usd, left.Hours + right.Hours, left.ChangeShare + right.ChangeShare);

    public static Saving operator *(Saving saving, double by) => new(saving.Usd * by, saving.Hours * by, saving.ChangeShare * by);
}
