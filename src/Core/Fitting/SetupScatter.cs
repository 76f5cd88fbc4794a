using SlmPlanner.Core.Time;

namespace SlmPlanner.Core.Fitting;

/// <summary>
/// How far the rows of a set-up, those of one publication in one stack, scatter about the equation: clocks, versions, how speed was taken,
/// and what no field of a row tells. Some publish averages of long runs, others single readings, so that every set-up has its own. With an
/// inverse gamma prior on its square, a set-up's own rows count beside <see cref="PriorRows"/> rows of the usual scatter (Gelman et al.
/// 2013, Bayesian Data Analysis, section 2.6). Rows of no publication, which a calibration measures, have the noise of a measurement.
/// </summary>
/// <param name="options">The usual scatter, and the noise of a measurement.</param>
/// <param name="known">The scatter of set-ups with rows, standard deviations of log time.</param>
internal sealed class SetupScatter(FitOptions options, IReadOnlyDictionary<string, double> known)
{
    /// <summary>
    /// What is believed before a set-up's rows counts as much as these: twice the prior's shape, 4, and two for its mode.
    /// </summary>
    private const int PriorRows = 10;

    /// <summary>The scatter of the set-ups that have rows.</summary>
    public IReadOnlyDictionary<string, double> Known => known;

    /// <summary>The set-up of a row; null where it is of no publication.</summary>
    public static string? Setup(GroupKeys keys) => keys.Source is { } source
        ? $"{source}: {keys.Stack ?? "unknown"}{(keys.Split is null ? "" : ", shared among ranks")}" : null;

    /// <summary>
    /// Standard deviation of a log time about the equation. What is predicted outside of all set-ups is in a new one, except on a machine
    /// that was calibrated and where no row is of a publication.
    /// </summary>
    public double Of(GroupKeys keys) => Setup(keys) is { } setup ? known.GetValueOrDefault(setup, options.Scatter)
        : known.Count == 0 || keys.Machine is not null ? options.Noise : options.Scatter;

    /// <summary>That of a measured row.</summary>
    public double OfRow(GroupKeys keys) => Setup(keys) is { } setup ? known.GetValueOrDefault(setup, options.Scatter) : options.Noise;

    /// <summary>The scatter of a set-up from its rows.</summary>
    /// <param name="options">The usual scatter.</param>
    /// <param name="squares">The rows' expected squared distances from the equation.</param>
    public static double Estimate(FitOptions options, IReadOnlyCollection<double> squares) =>
        Math.Sqrt(((PriorRows * options.Scatter * options.Scatter) + squares.Sum()) / (PriorRows + squares.Count));

    /// <summary>
    /// Expected square of what scatter adds to a row, from the posterior of that part of its distance from the equation: its mean, squared,
    /// and its variance.
    /// </summary>
    /// <param name="scatter">The scatter so far.</param>
    /// <param name="robust">The row's robust weight: 1 for one that is not far off.</param>
    /// <param name="image">The row's place in the inverse covariance of all rows times their distances from the prior.</param>
    /// <param name="inverse">Its place on the diagonal of that inverse.</param>
    public static double Square(double scatter, double robust, double image, double inverse)
    {
        var own = scatter * scatter / robust;
        return robust * (Squared(own * image) + own - (own * own * inverse));
    }

    private static double Squared(double value) => value * value;
}
