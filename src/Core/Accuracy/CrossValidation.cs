using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;

namespace SlmPlanner.Core.Accuracy;

/// <summary>Leaves every group of a scheme out in turn, fits the rest and predicts the group.</summary>
internal static class CrossValidation
{
    /// <summary>A fold starts from the fit of all rows and has little way to go.</summary>
    private const int MostSteps = 12;

    /// <summary>Held-out predictions of all groups, in the order of groups and rows.</summary>
    /// <param name="scheme">What is left out.</param>
    /// <param name="workloads">Measured rows.</param>
    /// <param name="full">The fit of all rows: refits start there, and end where the remaining rows lead.</param>
    /// <param name="options">Options of the refits.</param>
    /// <param name="cancel">Stops between refits.</param>
    public static IReadOnlyList<HeldOutRow> Run(
        LeaveOut scheme, IReadOnlyList<Workload> workloads, FittedModel full, FitOptions options, CancellationToken cancel)
    {
        if (scheme == LeaveOut.Beyond)
            throw new ArgumentOutOfRangeException(nameof(scheme), "rows beyond those that are fitted are given to Beyond");
        var groups = LeaveOutGroups.Split(scheme, workloads);
        var folds = new IReadOnlyList<HeldOutRow>[groups.Count];
        var parallel = new ParallelOptions { CancellationToken = cancel };
        Parallel.For(0, groups.Count, parallel, index => folds[index] = Fold(scheme, groups[index], workloads, full, options));
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
        var (predictor, naive) = (new Predictor(full, options), NaiveRule.Of(workloads));
        return [.. beyond.Select(row => new HeldOutRow(row, Axes(row.Setups[0].Mesh), predictor.Predict(row), naive.Predict(row)))];
    }

    private static string Axes(Mesh mesh) => (mesh.Tensor > 1, mesh.Pipeline > 1) switch
    {
        (true, true) => "tensor and pipeline",
        (true, false) => "tensor",
        (false, true) => "pipeline",
        _ => "data",
    };

    private static HeldOutRow[] Fold(
        LeaveOut scheme, (string Name, int[] Rows) group, IReadOnlyList<Workload> workloads, FittedModel full, FitOptions options)
    {
        var left = group.Rows.ToHashSet();
        Workload[] training = [.. workloads.Where((_, index) => !left.Contains(index))];
        var model = HierarchicalFit.Run(training, options with { Starts = 1, Iterations = MostSteps }, full);
        var predictor = new Predictor(model, options);
        var naive = NaiveRule.Of(training);
        return [.. group.Rows.Select(index => new HeldOutRow(
            workloads[index], group.Name, predictor.Predict(LeaveOutGroups.Seen(scheme, workloads[index])),
            naive.Predict(workloads[index])))];
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
