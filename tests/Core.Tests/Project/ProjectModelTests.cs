using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Project;
using SlmPlanner.Data.Economics;

namespace SlmPlanner.Tests.Project;

public sealed class ProjectModelTests
{
    private static readonly ProjectProfile Profile = ProjectFile.Read(Repository.Profiles);
    private static readonly ProjectDemand Certain = new()
    {
        Ablations = 0.4, Seeds = 2, Trials = 0.1, FailedShare = 0.2, EvaluationShare = 0.05, DataUsd = 500, StorageGib = 1000,
            StorageMonths = 6,
        StorageUsdPerGibMonth = 0.02, People = 2, PersonUsdPerDay = 300, ExperimentLogSpread = 0, FailedLogSpread = 0,
    };

    /// <summary>
    /// 1,000 USD of a final run: 400 + 2,000 + 100 of experiments, a fifth of 3,500 again, a twentieth for evaluation, 500, 120, 2 ·
    /// 300 · 3.
    /// </summary>
    [Fact]
    public void A_bill_is_the_sum_of_its_parts()
    {
        var bill = new ProjectModel(Certain, Profile).Bill(1000, 1000, 1000, days: 3, budgetUsd: null, seed: 1);
        Assert.Equal(
            [("final-run", 1000), ("ablations", 400), ("seeds", 2000), ("trials", 100), ("failed-runs", 700), ("evaluation", 175),
                ("data", 500), ("storage", 120), ("waiting", 1800)],
            bill.Parts.Select(part => (part.Part, Math.Round(part.ExpectedUsd, 6))));
        Assert.Equal(6795, bill.ExpectedUsd, 6);
        Assert.Equal(6795, bill.QuantileUsd, 6);
        Assert.Equal(0, bill.ContingencyUsd, 6);
    }

    /// <summary>3.5 final runs, and a quarter more of all of them: 4.375 for each dollar of the final run.</summary>
    [Fact]
    public void A_budget_is_split_so_that_the_whole_project_just_fits()
    {
        var model = new ProjectModel(Certain, Profile);
        var left = model.FinalRunBudget(6795, days: 3, seed: 1);
        Assert.Equal((6795 - 2420) / 4.375, left, 6);
        Assert.Equal(6795, model.Bill(left, left, left, 3, 6795, 1).ExpectedUsd, 6);
    }

    [Fact]
    public void A_budget_that_storage_and_waiting_eat_up_is_refused() =>
        Assert.Contains("2420", Assert.Throws<InputException>(() => new ProjectModel(Certain, Profile).FinalRunBudget(2000, 3, 1)).Message,
            StringComparison.Ordinal);

    /// <summary>The quantile is held against draws of another generator, not those of the model.</summary>
    [Fact]
    public void The_contingency_covers_as_often_as_it_says()
    {
        var demand = Certain with { ExperimentLogSpread = 0.4, FailedLogSpread = 0.5, Contingency = 0.8 };
        var bill = new ProjectModel(demand, Profile).Bill(1000, 1020, 1300, 3, null, seed: 1);
        var random = new Random(7);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var spread = Math.Log(1.3) / 1.2816;
        var within = Enumerable.Range(0, 40_000).Count(_ =>
        {
            var run = 1000 * Math.Exp(spread * Normal());
            var experiments = 2.5 * Math.Exp(0.4 * Normal() - 0.08);
            var failed = 0.2 * Math.Exp(0.5 * Normal() - 0.125);
            return run * (1 + experiments) * (1 + failed + 0.05) + 2420 <= bill.QuantileUsd;
        });
        Assert.Equal(0.8, within / 40_000.0, 0.02);
        Assert.True(bill.MedianUsd < bill.QuantileUsd);
    }

    [Fact]
    public void What_was_not_said_is_marked_with_its_source_and_what_is_not_read_is_unverified()
    {
        var demand = Certain with { Assumed = ["ablations", "failed-runs"] };
        var parts = new ProjectModel(demand, Profile).Bill(1000, 1000, 1000, 3, null, 1).Parts.ToDictionary(part => part.Part);
        Assert.True(parts["ablations"] is { Assumed: true, Verified: false }
            && parts["ablations"].Source.Contains("SmolLM3", StringComparison.Ordinal));
        Assert.True(parts["failed-runs"] is { Assumed: true, Verified: true });
        Assert.True(parts["seeds"] is { Assumed: false, Verified: true, Source: "" });
    }
}
