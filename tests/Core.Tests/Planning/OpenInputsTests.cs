using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Planning;

/// <summary>What a request leaves open of the speed, and how its statement would narrow the interval.</summary>
public sealed class OpenInputsTests
{
    private const string Device = "Mid-40GB";

    private static readonly PlanRequest Request = PlanningWorld.Request(PlanningWorld.Shape(24, 1536, 16), 2e9) with
    {
        GpuCount = 1, MicroBatch = 4, Confidence = 0.9,
    };

    /// <summary>
    /// What is left once the software is named is the mean of the variances that the search itself has for each software; half of an
    /// interval is sinh of its reach, 1.6449 deviations at 90 %.
    /// </summary>
    [Theory]
    [InlineData("one", "two", "six", "three")]
    [InlineData("one", "two", "three")]
    public void Naming_the_software_leaves_the_mean_variance_of_what_it_may_be(params string[] stacks)
    {
        var inputs = Inputs(stacks);
        var planner = new Planner(inputs);
        var chosen = planner.Search(Request).Recommendation!;
        var told = planner.Plan(Request).OpenInputs!.Single(input => input.Input == InputName.Stack);
        double[] spreads = [.. stacks.Select(stack => inputs.Performance
            .Bind(Request.Model!, chosen.Platform.Device, chosen.Platform.Link, stack).LogSpread(chosen.Priced.Evaluation.Setup with
            {
                Compile = stack == "three",
            }))];
        Assert.Equal(stacks.Length, told.Answers);
        Assert.Equal(Math.Sinh(1.644853627 * chosen.Priced.Evaluation.LogSpread), told.HalfWidth, 1e-6);
        Assert.Equal(Math.Sinh(1.644853627 * Math.Sqrt(spreads.Average(spread => spread * spread))), told.HalfWidthAfter, 1e-6);
    }

    [Fact]
    public void What_is_named_is_not_open() => Assert.DoesNotContain(
        new Planner(Inputs("one", "two")).Plan(Request with { Stack = "two" }).OpenInputs!,
        input => input.Input is InputName.Stack or InputName.Kernels);

    /// <summary>
    /// Two stacks are eager and one is compiled, all single, mixed and with plain blocks. By hand, with half a stack added to each count:
    /// 2 · (2.5/3)³ = 1.157 against 1 · (1.5/2)³ = 0.422, so that eager has a probability of 0.7329.
    /// </summary>
    [Fact]
    public void Saying_how_the_kernels_come_about_leaves_the_mean_variance_of_the_styles()
    {
        var inputs = Inputs("one", "two", "three");
        var planner = new Planner(inputs);
        var chosen = planner.Search(Request).Recommendation!;
        var told = planner.Plan(Request).OpenInputs!.Single(input => input.Input == InputName.Kernels);
        var belief = inputs.Performance.Bind(Request.Model!, chosen.Platform.Device, chosen.Platform.Link, null)
            .Belief(chosen.Priced.Evaluation.Setup);
        double Of(string style) => belief.Model.LogVariance(belief.Keys with { Kernels = style }, belief.Slopes);
        var noise = FitOptions.Default.Noise * FitOptions.Default.Noise;
        Assert.Equal(2, told.Answers);
        Assert.Equal(Math.Sinh(1.644853627 * Math.Sqrt(0.7329 * Of("eager") + 0.2671 * Of("compiled") + noise)), told.HalfWidthAfter, 2e-4);
    }

    [Fact]
    public void The_most_telling_comes_first_and_what_tells_little_is_left_out()
    {
        var plan = new Planner(Inputs("one", "two", "three")).Plan(Request);
        Assert.NotEmpty(plan.OpenInputs!);
        Assert.Equal(plan.OpenInputs!.OrderBy(input => input.HalfWidthAfter), plan.OpenInputs!);
        Assert.All(plan.OpenInputs!, input => Assert.InRange(input.HalfWidthAfter, 0, 0.9 * input.HalfWidth));
        Assert.Equal(plan.OpenInputs, Assert.Single(plan.Findings.OfType<InputsOpen>()).Inputs);
    }

    /// <summary>Without a fit nothing tells one software from another.</summary>
    [Fact]
    public void Without_a_measured_stack_its_name_tells_nothing() => Assert.DoesNotContain(
        new Planner(PlanningWorld.Inputs(PlanningWorld.Offer(Device, 1, 2))).Plan(Request).OpenInputs!,
        input => input.Input is InputName.Stack or InputName.Kernels);

    private static PlanningInputs Inputs(params string[] stacks) =>
        PlanningWorld.Inputs(PlanningWorld.Offer(Device, 1, 2)) with
        {
            Performance = new(
                new([], [.. stacks.SelectMany(Rows)], IntervalScales.None, true), [],
                new([.. stacks.Select(stack => new StackEntry(stack, [stack], new() { Kernels = Kernels(stack) }))], [])),
        };

    /// <summary>Rows that rest on multiplies and on single operations; every stack has other numbers of them.</summary>
    private static IEnumerable<FittedRow> Rows(string stack) => Enumerable.Range(0, 12 * stack.Length).Select(row => new FittedRow(
        $"{stack} {row}",
        new()
        {
            Kernels = Kernels(stack), Stack = stack, Source = $"{stack} {row / 3}", Device = Device, Architecture = "8.0", Block = "plain",
            Recipe = "mixed", Parallelism = "single",
        },
        Slopes(row),
        400,
        stack == "three" ? 0.6 : -0.5));

    private static double[] Slopes(int row)
    {
        var slopes = new double[StepTimeEquation.CoefficientCount];
        for (var index = 0; index < slopes.Length; index++)
            slopes[index] = (1 + (row + index) % 3) / (2.0 * slopes.Length);
        return slopes;
    }

    private static string Kernels(string stack) => stack == "three" ? "compiled" : "eager";
}
