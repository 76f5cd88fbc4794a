using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Fit;

/// <summary>The deviations in the code are those that <c>slm-calibrate fit-priors</c> found to be best.</summary>
public sealed class ShippedPriorsTests
{
    /// <summary>The code has two digits, and the rows hardly tell deviations of which they show few groups.</summary>
    private const double LittleEvidence = 2;

    private static readonly PriorFile File = PriorFile.Read(Path.Combine(Repository.Profiles, "fit", "priors.json"));

    [Fact]
    public void The_deviations_in_force_are_those_of_the_record() => Assert.All(
        File.Deviations, deviation => Assert.Equal(deviation.InForce, InForce(deviation.Coefficient, deviation.Level), 4));

    [Fact]
    public void The_best_would_gain_little() => Assert.InRange(File.BestLogEvidence - File.LogEvidence, 0, LittleEvidence);

    /// <summary>What publications are off by that the choice had not seen stands where the table is explained.</summary>
    [Fact]
    public void The_page_of_accuracy_has_the_nested_figures()
    {
        var page = System.IO.File.ReadAllText(Path.Combine(Repository.Root, "docs", "accuracy.md"));
        Assert.Contains(FormattableString.Invariant(
            $"**{100 * File.Nested!.MeanError:0.0} %, median {100 * File.Nested.MedianError:0.0} %**, and {100 * File.Nested.Coverage:0} %"),
            page, StringComparison.Ordinal);
    }

    private static double InForce(StepCoefficient coefficient, GroupLevel level)
    {
        var prior = CoefficientPriors.All[(int)coefficient];
        return level == GroupLevel.Population ? prior.Deviation : prior.Levels.Single(one => one.Level == level).Deviation;
    }
}
