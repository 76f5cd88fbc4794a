using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Accuracy;

/// <summary>
/// Leaves every group of a scheme out in turn and predicts it by the fit without it. That fit is one full step from the fit of all rows,
/// in which the left-out rows have no part (<see cref="LeaveOutResiduals.Without"/>); the group is then predicted by the whole equation.
/// <c>docs/accuracy.md</c> says how far that is from fitting anew.
/// </summary>
internal static class CrossValidation
{
    /// <summary>Held-out predictions of all groups, in the order of groups and rows.</summary>
    /// <param name="scheme">What is left out.</param>
    /// <param name="fits">The fits without groups.</param>
    /// <param name="cancel">Stops between groups.</param>
    public static IReadOnlyList<HeldOutRow> Run(LeaveOut scheme, LeaveOutFits fits, CancellationToken cancel)
    {
        if (scheme == LeaveOut.Beyond)
            throw new ArgumentOutOfRangeException(nameof(scheme), "rows beyond those that are fitted are given to Beyond");
        var groups = LeaveOutGroups.Split(scheme, fits.Workloads);
        var folds = new IReadOnlyList<HeldOutRow>[groups.Count];
        var parallel = new ParallelOptions { CancellationToken = cancel };
        Parallel.For(0, groups.Count, parallel, index => folds[index] = Fold(scheme, groups[index], fits));
        return [.. folds.SelectMany(fold => fold)];
    }

    /// <summary>Predictions of rows that are never fitted, by the fit of the others; their group is the way they split the model.</summary>
    /// <param name="beyond">The rows.</param>
    /// <param name="workloads">Measured rows that are fitted.</param>
    /// <param name="full">Their fit.</param>
    /// <param name="options">Options of the fit.</param>
    public static IReadOnlyList<HeldOutRow> Beyond(
        IReadOnlyList<Workload> beyond, IReadOnlyList<Workload> workloads, FittedModel full, FitOptions options)
    {
        var predictor = new Predictor(full, options);
        var naive = NaiveRule.Of(workloads.Where(workload => workload.Keys.Split is null));
        return [.. beyond.Select(row => new HeldOutRow(row, Kind(row.Setups[0]), predictor.Predict(row), naive.Predict(row)))];
    }

    private static string Kind(in TrainingSetup setup) => (setup.Tuning.HasAdapters, setup.Mesh.Tensor > 1, setup.Mesh.Pipeline > 1) switch
    {
        (true, _, _) => "adapters",
        (_, true, true) => "tensor and pipeline",
        (_, true, false) => "tensor",
        (_, false, true) => "pipeline",
        _ => "data",
    };

    /// <summary>Held-out predictions of one group.</summary>
    public static HeldOutRow[] Fold(LeaveOut scheme, (string Name, int[] Rows) group, LeaveOutFits fits)
    {
        var left = group.Rows.ToHashSet();
        var naive = NaiveRule.Of(fits.Workloads.Where((workload, index) =>
            !left.Contains(index) && workload.Keys.Split is null && workload.Observation.IsJudged));
        var predictions = fits.Predict(group.Rows, workload => LeaveOutGroups.Seen(scheme, workload));
        return [.. group.Rows.Select((row, index) => new HeldOutRow(
            fits.Workloads[row], group.Name, predictions[index], naive.Predict(fits.Workloads[row])))
            .Where(row => row.Workload.Observation.IsJudged)];
    }
}

/// <summary>A row that was predicted by a fit which had not seen it.</summary>
/// <param name="Workload">The row.</param>
/// <param name="Group">The group left out with it.</param>
/// <param name="Prediction">Our prediction.</param>
/// <param name="NaiveTokensPerSecond">The naive rule's, with its one MFU fitted on the same training rows.</param>
internal sealed record HeldOutRow(Workload Workload, string Group, SpeedPrediction Prediction, double NaiveTokensPerSecond)
{
    /// <summary>Measured tokens per second and device.</summary>
    public double Measured => Workload.Observation.TokensPerSecondPerGpu!.Value;

    /// <summary>Predicted over measured, minus 1.</summary>
    public double Error => Prediction.TokensPerSecond / Measured - 1;

    /// <summary>The same for the naive rule.</summary>
    public double NaiveError => NaiveTokensPerSecond / Measured - 1;
}
