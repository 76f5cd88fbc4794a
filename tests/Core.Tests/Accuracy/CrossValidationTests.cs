using SlmPlanner.Core.Accuracy;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Tests.Fitting;

namespace SlmPlanner.Tests.Accuracy;

public sealed class CrossValidationTests
{
    private static readonly IReadOnlyList<Workload> Workloads =
        [.. SyntheticRows.Grid().Select(row => SyntheticRows.Resolver.Resolve(row.Observation!))];

    [Fact]
    public void Every_row_is_predicted_once_by_a_fit_that_has_not_seen_its_group()
    {
        var rows = Run(LeaveOut.Model);
        Assert.Equal(Workloads.Count, rows.Count);
        Assert.Equal(9, rows.Select(row => row.Group).Distinct().Count());
    }

    [Fact]
    public void Rows_made_by_the_equation_are_predicted_well_and_better_than_by_the_naive_rule()
    {
        var line = AccuracyMeasure.Line(LeaveOut.Model, "all", Run(LeaveOut.Model));
        Assert.InRange(line.Model.MeanError, 0, 0.02);
        Assert.True(line.Naive.MeanError > 3 * line.Model.MeanError);
        Assert.True(line.Model.RankCorrelation > 0.99);
    }

    [Fact]
    public void Figures_that_got_worse_are_named()
    {
        var line = AccuracyMeasure.Line(LeaveOut.Model, "all", Run(LeaveOut.Model));
        var now = new AccuracyReport(1, "now", [line with { Model = line.Model with { MeanError = 0.2 } }], []);
        var before = new AccuracyReport(1, "before", [line with { Model = line.Model with { MeanError = 0.1 } }], []);
        Assert.Equal((0.2, 0.1), (Assert.Single(now.WorseThan(before)).MeanError, Assert.Single(now.WorseThan(before)).Committed));
        Assert.Empty(before.WorseThan(now));
    }

    [Fact]
    public void A_stack_of_a_handful_of_rows_is_left_out_by_halves_and_a_larger_one_not_at_all()
    {
        var rows = Run(LeaveOut.Handful, [.. Workloads.Take(7)]);
        Assert.Equal([4, 3], rows.CountBy(row => row.Group).Select(half => half.Value));
        Assert.Equal(7, rows.Select(row => row.Workload).Distinct().Count());
        Assert.Empty(Run(LeaveOut.Handful));
    }

    [Fact]
    public void One_row_of_a_source_is_kept_and_it_is_the_cheapest_to_measure()
    {
        var rows = Run(LeaveOut.SourceButOne);
        Assert.Equal(Workloads.Count - 1, rows.Count);
        var kept = Assert.Single(Workloads.Except(rows.Select(row => row.Workload)));
        Assert.Equal(Workloads.Min(workload => workload.Costs.Parameters), kept.Costs.Parameters);
    }

    [Theory]
    [InlineData(LeaveOut.FirstLearned, 1)]
    [InlineData(LeaveOut.FirstThreeLearned, 3)]
    public void The_first_rows_of_a_publication_in_a_stack_are_kept(LeaveOut scheme, int kept)
    {
        Workload[] workloads = [.. Workloads.Select((row, index) => row with { Publication = index % 2 == 0 ? "even" : "odd" })];
        var groups = LeaveOutGroups.Split(scheme, workloads);
        var (even, odd) = (Enumerable.Range(0, workloads.Length).Where(row => row % 2 == 0),
            Enumerable.Range(0, workloads.Length).Where(row => row % 2 == 1));
        Assert.Equal([even.Skip(kept), odd.Skip(kept)], groups.Select(group => group.Rows.AsEnumerable()));
    }

    [Fact]
    public void Rows_of_another_date_are_no_choice_that_could_have_been_made()
    {
        HeldOutRow Row(string date, double measured, double predicted) => new(
            Workloads[0] with { Observation = Workloads[0].Observation with { From = new("made up", date), Speed = new(measured) } }, "",
            new(-Math.Log(predicted), 0.1, IntervalScale.One), 1);
        HeldOutRow[] old = [Row("2023", 10, 10), Row("2023", 8, 8), Row("2023", 6, 6)];
        Assert.Equal(0, AccuracyMeasure.Line(LeaveOut.Model, "all", [.. old, Row("2024", 20, 5)]).Model.Regret);
        Assert.Equal(0.5, AccuracyMeasure.Line(LeaveOut.Model, "all", [.. old, Row("2023", 20, 5)]).Model.Regret, 9);
    }

    private static IReadOnlyList<HeldOutRow> Run(LeaveOut scheme) => Run(scheme, Workloads);

    private static IReadOnlyList<HeldOutRow> Run(LeaveOut scheme, IReadOnlyList<Workload> workloads) => CrossValidation.Run(
        scheme, new(workloads, HierarchicalFit.Run(workloads, FitOptions.Default), FitOptions.Default),
        TestContext.Current.CancellationToken);

    /// <summary>
    /// One full step from the fit of all rows against a fit of the others from the start, on rows whose equation is not linear.
    /// </summary>
    [Fact]
    public void A_left_out_group_is_predicted_as_by_fitting_the_others_anew()
    {
        foreach (var group in Run(LeaveOut.Model).GroupBy(row => row.Group).Take(3))
        {
            var left = group.Select(row => row.Workload.Observation.Name).ToHashSet();
            var anew = HierarchicalFit.Run([.. Workloads.Where(row => !left.Contains(row.Observation.Name))], FitOptions.Default);
            var predictor = new Predictor(anew, FitOptions.Default);
            Assert.All(group, row => Assert.Equal(
                predictor.Predict(row.Workload).LogSecondsPerToken, row.Prediction.LogSecondsPerToken, 0.02));
        }
    }
}
