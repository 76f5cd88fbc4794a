using MathNet.Numerics.LinearAlgebra;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// The rows that stay of set-ups from which others are left out. Their scatter was found with the others' help; without them it is found
/// anew, from the usual one, by what the fit without the whole set-up says of the kept rows.
/// </summary>
internal sealed class KeptRows
{
    private const int Rounds = 4;
    private const double Negligible = 1e-9;

    private readonly FittedRows _fitted;
    private readonly Dictionary<string, double> _scatter;

    private KeptRows(FittedRows fitted, Dictionary<string, double> scatter, int[] changed, double[] changes) =>
        (_fitted, _scatter, Changed, Changes) = (fitted, scatter, changed, changes);

    /// <summary>Kept rows whose variance is another.</summary>
    public int[] Changed { get; }

    /// <summary>By how much.</summary>
    public double[] Changes { get; }

    /// <summary>Scatter of a left-out row: by what its set-up keeps, the usual one where it keeps nothing.</summary>
    public double ScatterOf(int row) => _fitted.Setups[row] is { } setup ? _scatter[setup] : _fitted.Rows[row].Noise;

    /// <summary>Works them out.</summary>
    /// <param name="fitted">The fit of all rows.</param>
    /// <param name="left">Positions of the rows left out.</param>
    public static KeptRows Of(FittedRows fitted, int[] left)
    {
        var scatter = left.Select(row => fitted.Setups[row]).OfType<string>().Distinct()
            .ToDictionary(setup => setup, _ => fitted.Options.Scatter);
        var isLeft = left.ToHashSet();
        int[] kept = [.. Enumerable.Range(0, fitted.Rows.Length)
            .Where(row => fitted.Setups[row] is { } setup && scatter.ContainsKey(setup) && !isLeft.Contains(row))];
        if (kept.Length == 0)
            return new(fitted, scatter, [], []);
        var lost = left.CountBy(row => fitted.Setups[row] ?? "").ToDictionary();
        var stays = kept.CountBy(row => fitted.Setups[row]!).ToDictionary();
        double[] robust = [.. kept.Select(row => stays[fitted.Setups[row]!] > lost[fitted.Setups[row]!] ? fitted.Robust(row) : 1)];
        var (residuals, latent) = Unseen(fitted, kept, left);
        for (var round = 0; round < Rounds; round++)
        {
            var inverse = LowerTriangle.Inverse(
                latent + Matrix<double>.Build.DenseOfDiagonalArray(Variances(fitted, scatter, kept, robust)));
            var images = inverse * residuals;
            foreach (var setup in Enumerable.Range(0, kept.Length).GroupBy(index => fitted.Setups[kept[index]]!))
                scatter[setup.Key] = SetupScatter.Estimate(
                    fitted.Options, [.. setup.Select(index =>
                        SetupScatter.Square(scatter[setup.Key], robust[index], images[index], inverse[index, index]))]);
        }
        var changes = Variances(fitted, scatter, kept, robust).Zip(kept, (variance, row) => variance - (1 / fitted.Weights[row])).ToArray();
        int[] changed = [.. Enumerable.Range(0, kept.Length).Where(index => Math.Abs(changes[index]) > Negligible)];
        return new(fitted, scatter, [.. changed.Select(index => kept[index])], [.. changed.Select(index => changes[index])]);
    }

    /// <summary>Residuals of the kept rows and covariance of what the coefficients say of them, by the fit without their set-ups.</summary>
    private static (Vector<double> Residuals, Matrix<double> Latent) Unseen(FittedRows fitted, int[] kept, int[] left)
    {
        int[] whole = [.. kept, .. left];
        var covariance = LowerTriangle.Inverse(fitted.Block(whole, whole));
        var residuals = covariance * fitted.ImagesOf(whole);
        var latent = covariance.SubMatrix(0, kept.Length, 0, kept.Length)
            - Matrix<double>.Build.DenseOfDiagonalArray([.. kept.Select(row => 1 / fitted.Weights[row])]);
        return (residuals.SubVector(0, kept.Length), latent);
    }

    private static double[] Variances(FittedRows fitted, Dictionary<string, double> scatter, int[] kept, double[] robust) =>
        [.. kept.Select((row, index) =>
        {
            var (now, then) = (scatter[fitted.Setups[row]!], fitted.Rows[row].Noise);
            return (fitted.Variances[row] - (then * then) + (now * now)) / robust[index];
        })];
}
