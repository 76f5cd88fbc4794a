using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Plans;
using SlmPlanner.Tests;

using Spectre.Console.Testing;

namespace SlmPlanner.Planner.Tests.Presentation.Plans;

public sealed class PlanPrintTests
{
    [Theory]
    [InlineData(OutputFormat.Csv, "candidates.csv")]
    [InlineData(OutputFormat.Md, "plan.md")]
    public void A_feasible_plan_prints_as_its_golden_file(OutputFormat format, string golden) =>
        Golden.Equal(Printed(ExamplePlan.Feasible(), format), golden);

    [Fact]
    public void A_plan_is_written_as_its_golden_json() => Golden.Equal(Printed(ExamplePlan.Brief(), OutputFormat.Json), "plan.json");

    [Fact]
    public void A_plan_of_before_there_were_three_answers_prints_its_recommendation() =>
        Assert.Contains("Rent 8", Table(ExamplePlan.Feasible() with { Answers = null }), StringComparison.Ordinal);

    [Fact]
    public void A_feasible_plan_shows_its_tables_on_the_console() =>
        Golden.Equal(Table(ExamplePlan.Feasible()), "plan.txt");

    [Fact]
    public void An_infeasible_plan_shows_its_remedies_first()
    {
        var text = Table(ExamplePlan.Infeasible());
        Golden.Equal(text, "infeasible.txt");
        Assert.True(text.IndexOf("What would make it feasible", StringComparison.Ordinal) < text.IndexOf("Alternatives",
            StringComparison.Ordinal));
    }

    [Fact]
    public void The_exit_code_tells_whether_there_is_a_plan()
    {
        Assert.Equal(ExitCode.Done, PlanOutput.ExitCodeOf(ExamplePlan.Feasible()));
        Assert.Equal(ExitCode.NoFeasiblePlan, PlanOutput.ExitCodeOf(ExamplePlan.Infeasible()));
    }

    [Fact]
    public void A_csv_without_candidates_is_its_header()
    {
        var none = ExamplePlan.Infeasible() with { Alternatives = [], BestPerGpu = [], BestPerProvider = [] };
        Assert.StartsWith("role,provider,instance_type,", Assert.Single(Printed(none, OutputFormat.Csv).TrimEnd().Split('\n')),
            StringComparison.Ordinal);
    }

    private static string Printed(PlanResult result, OutputFormat format)
    {
        using var output = new StringWriter();
        using var console = new TestConsole();
        PlanOutput.Print(result, format, console, output);
        return output.ToString();
    }

    private static string Table(PlanResult result)
    {
        using var output = new StringWriter();
        using var console = new TestConsole().Width(140);
        PlanOutput.Print(result, OutputFormat.Table, console, output, details: true);
        return console.Output;
    }
}
