using CsCheck;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Tests.Planning;

/// <summary>The three answers against every candidate by plain loops, and the balanced point against plane geometry.</summary>
public sealed class ThreeAnswersTests
{
    private static readonly Gen<(PlanRequest Request, PlanningInputs Inputs)> Worlds =
        Gen.Select(PlanningWorld.Requests, PlanningWorld.Offers, (request, offers) => (request, PlanningWorld.Inputs(offers)));

    [Fact]
    public void The_cheapest_and_the_fastest_are_those_of_all_candidates() =>
        Worlds.Sample(world =>
        {
            var (plan, kept) = Solve(world.Request, world.Inputs);
            if (kept.Count == 0)
                return plan.Answers!.Count == 0;
            var (cheapest, fastest) = (Answer(plan, AnswerRole.Cheapest), Answer(plan, AnswerRole.Fastest));
            return Close(cheapest.CostUsd, kept.Min(candidate => candidate.CostUsd))
                && Close(fastest.Hours, kept.Min(candidate => candidate.Hours));
        }, iter: 100);

    [Fact]
    public void With_the_worth_of_a_day_the_balanced_answer_has_least_cost_and_worth() =>
        Gen.Select(Worlds, Gen.Double[-2, 5]).Sample((world, exponent) =>
        {
            var worth = Math.Pow(10, exponent);
            var (plan, kept) = Solve(world.Request with { DayWorthUsd = worth }, world.Inputs);
            if (kept.Count == 0)
                return plan.Answers!.Count == 0;
            var balanced = Answer(plan, AnswerRole.Balanced);
            return Close(balanced.CostUsd + balanced.Hours / 24 * worth,
                kept.Min(candidate => candidate.CostUsd + candidate.Hours / 24 * worth));
        }, iter: 100);

    [Fact]
    public void Without_it_the_balanced_answer_is_the_point_of_the_front_farthest_below_the_line_between_its_ends() =>
        Worlds.Sample(world =>
        {
            var (plan, kept) = Solve(world.Request, world.Inputs);
            var front = kept.Where(point => !kept.Any(other => Beats(other, point)))
                .Select(point => (X: Math.Log(point.Hours), Y: Math.Log(point.CostUsd))).Distinct().ToList();
            if (front.Count == 0)
                return plan.Answers!.Count == 0;
            var (left, right) = (front.MinBy(point => point.X), front.MaxBy(point => point.X));
            var balanced = Answer(plan, AnswerRole.Balanced);
            var own = Below((Math.Log(balanced.Hours), Math.Log(balanced.CostUsd)), left, right);
            return Math.Abs(own - front.Max(point => Below(point, left, right))) < 1e-6;
        }, iter: 150);

    [Fact]
    public void All_three_are_on_the_front_and_keep_the_limits() =>
        Worlds.Sample(world =>
        {
            var outcome = new Planner(world.Inputs).Search(world.Request);
            var plan = new Planner(world.Inputs).Plan(world.Request);
            var front = outcome.FeasibleFront().Select(choice => (choice.Priced.CostUsd, choice.Priced.Hours)).ToHashSet();
            return plan.Answers!.All(answer => front.Contains((answer.Candidate.CostUsd, answer.Candidate.Hours)))
                && plan.Answers!.All(answer => answer.Candidate is { BudgetKept: not false, DeadlineKept: not false });
        }, iter: 100);

    [Fact]
    public void The_recommendation_is_the_one_answer_that_is_marked() =>
        Gen.Select(Worlds, PlanningWorld.AnyOf(Objective.Cost, Objective.Time, Objective.Balanced)).Sample((world, objective) =>
        {
            var plan = new Planner(world.Inputs).Plan(world.Request with { Objective = objective });
            return plan.Recommendation is null
                ? plan.Answers!.Count == 0
                : plan.Answers!.Count == 3 && plan.Answers.Single(answer =>
                    answer.Recommended).Candidate.PlanId == plan.Recommendation.PlanId;
        }, iter: 100);

    /// <summary>
    /// Ends (1 USD, 100 h) and (100 USD, 1 h): on the line cost × hours is 100; the point farthest below has the least product.
    /// </summary>
    [Fact]
    public void On_a_symmetric_front_the_least_product_of_cost_and_time_wins()
    {
        (double Usd, double Hours)[] front = [(1, 100), (4, 15), (10, 8), (25, 3), (100, 1)];
        var balance = Balance.OfFront(front);
        Assert.Equal((4, 15), front.MinBy(point => balance.Weigh(point.Usd, point.Hours)));
    }

    /// <summary>2 USD more for 30 h less at 10 USD a day: 10 + 40/24·10 = 26.7 against 12 + 10/24·10 = 16.2.</summary>
    [Fact]
    public void The_worth_of_a_day_is_added_per_day()
    {
        var balance = Balance.OfDays(10);
        Assert.Equal(26.667, balance.Weigh(10, 40), 3);
        Assert.Equal(16.167, balance.Weigh(12, 10), 3);
    }

    /// <summary>
    /// Distance of a point below a line, both in logarithms: the cross product over the line's length; negative above it.
    /// </summary>
    private static double Below((double X, double Y) point, (double X, double Y) left, (double X, double Y) right)
    {
        var (dx, dy) = (right.X - left.X, right.Y - left.Y);
        var length = Math.Sqrt(dx * dx + dy * dy);
        return length == 0 ? 0 : (dy * (point.X - left.X) - dx * (point.Y - left.Y)) / length;
    }

    private static (PlanResult Plan, List<BruteForce.Candidate> Kept) Solve(PlanRequest request, PlanningInputs inputs)
    {
        var asked = request with { DeadlineHours = request.DeadlineHours ?? 5_000 };
        return (new Planner(inputs).Plan(asked), [.. BruteForce.Candidates(asked, inputs).Where(candidate => candidate.Keeps)]);
    }

    private static Candidate Answer(PlanResult plan, AnswerRole role) => plan.Answers!.Single(answer => answer.Role == role).Candidate;

    private static bool Beats(BruteForce.Candidate other, BruteForce.Candidate point) =>
        other.CostUsd <= point.CostUsd && other.Hours <= point.Hours && (other.CostUsd < point.CostUsd || other.Hours < point.Hours);

    private static bool Close(double left, double right) => Math.Abs(left - right) <= 1e-6 * Math.Max(Math.Abs(left), Math.Abs(right));
}
