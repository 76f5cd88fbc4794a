using System.Reflection;
using System.Text.RegularExpressions;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Explain;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Data.Economics;
using SlmPlanner.Presentation.Wording;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Presentation;

/// <summary>Every key and every kind of fact has words, and no word has lost its key.</summary>
public sealed partial class WordingTests
{
    public static TheoryData<Type> Findings => [.. Sample.Kinds(typeof(Finding)), typeof(ToldFinding)];

    public static TheoryData<Type> Remedies => [.. Sample.Kinds(typeof(Remedy))];

    public static TheoryData<Type> Misses => [.. Sample.Kinds(typeof(NearestMiss))];

    public static TheoryData<Type> Absences => [.. Sample.Kinds(typeof(Absence))];

    public static TheoryData<Type> Assumptions => [.. Sample.Kinds(typeof(Assumption))];

    public static TheoryData<Type> Bases => [.. Sample.Kinds(typeof(EnergyBasis))];

    [Theory]
    [MemberData(nameof(Findings))]
    public void Every_finding_has_a_key_and_a_sentence(Type kind)
    {
        var finding = Make<Finding>(kind);
        Says(FindingWords.Of(finding));
        if (finding is not ToldFinding and not SharedFinding)
            Assert.Matches(Kebab(), finding.Id);
    }

    [Theory]
    [MemberData(nameof(Remedies))]
    public void Every_remedy_has_a_sentence(Type kind) => Says(RejectionWords.Of(Make<Remedy>(kind)));

    [Theory]
    [MemberData(nameof(Misses))]
    public void Every_nearest_miss_has_words(Type kind) => Says(RejectionWords.Of(Make<NearestMiss>(kind)));

    [Theory]
    [MemberData(nameof(Absences))]
    public void Every_absence_has_a_sentence(Type kind) => Says(RejectionWords.Of(Make<Absence>(kind)));

    [Theory]
    [MemberData(nameof(Assumptions))]
    public void Every_assumption_has_a_sentence(Type kind) => Says(AssumptionWords.Of(Make<Assumption>(kind)));

    [Theory]
    [MemberData(nameof(Bases))]
    public void Every_basis_of_an_estimate_has_a_sentence(Type kind) => Says(AssumptionWords.Of(Make<EnergyBasis>(kind)));

    [Fact]
    public void Two_kinds_of_finding_share_a_key_only_where_they_say_the_same_thing_happened()
    {
        var shared = Sample.Kinds(typeof(Finding)).Where(kind => kind != typeof(ToldFinding) && kind != typeof(SharedFinding))
            .GroupBy(kind => Make<Finding>(kind).Id).Where(kinds => kinds.Count() > 1).Select(kinds => kinds.Key);
        Assert.Equal(["price-dropped"], shared);
    }

    [Fact]
    public void The_reasons_for_rejection_and_their_words_are_the_same_set() => Same(
        typeof(Reason).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!),
        RejectionWords.Reasons.Keys);

    [Fact]
    public void The_numbers_of_the_risk_profile_and_their_words_are_the_same_set() =>
        Same(RiskProfileFile.Read(Repository.Profiles).Numbers.Select(number => number.Key), AssumptionWords.Numbers.Keys);

    [Fact]
    public void The_terms_of_a_step_and_their_words_are_the_same_set() =>
        Same(TimeTerms.All.Select(term => term.Key), BreakdownWords.StepTerms.Keys);

    [Fact]
    public void The_components_of_memory_and_their_words_are_the_same_set() =>
        Same(SmallPlan.Made.Recommendation!.Breakdown.MemoryBytes.Select(part => part.Name), BreakdownWords.MemoryComponents.Keys);

    [Fact]
    public void What_a_cost_is_varied_by_and_its_words_are_the_same_set() =>
        Same(SmallPlan.Made.Forecast!.Tornado.Select(bar => bar.Factor), BreakdownWords.Factors.Keys);

    [Fact]
    public void A_plan_just_made_is_told_from_its_facts()
    {
        var sentences = PlanReasons.Of(SmallPlan.Made);
        Assert.Empty(SmallPlan.Made.Reasons);
        Assert.StartsWith("Rent 8 × Some-40GB at ant for about", sentences[0], StringComparison.Ordinal);
        Assert.StartsWith("1B tokens of small on 1 × ant 8x-Some-40GB (8 × Some-40GB) in east are expected to take", sentences[1],
            StringComparison.Ordinal);
        Assert.Contains("No other GPU type is offered that fits small.", sentences);
        Assert.Equal(sentences, PlanReasons.Of(SlmPlanner.Presentation.Plans.PlanJson.Parse(
            SlmPlanner.Presentation.Plans.PlanJson.Write(SmallPlan.Made), "plan.json")));
    }

    private static T Make<T>(Type kind) => Assert.IsAssignableFrom<T>(Sample.Of(kind));

    private static void Says(string sentence)
    {
        Assert.False(string.IsNullOrWhiteSpace(sentence));
        Assert.DoesNotContain("SlmPlanner", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", sentence, StringComparison.Ordinal);
    }

    private static void Same(IEnumerable<string> keys, IEnumerable<string> worded) =>
        Assert.Equal(keys.Order(StringComparer.Ordinal), worded.Order(StringComparer.Ordinal));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Kebab();
}
