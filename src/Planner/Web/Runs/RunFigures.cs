using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Planning.Tracking;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Store;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Runs;

/// <summary>A run as figures that can stand beside another's.</summary>
/// <param name="Name">The run.</param>
/// <param name="Address">Its page.</param>
/// <param name="Facts">What it was, by name.</param>
/// <param name="Numbers">What it measured, by name, with how each is read.</param>
/// <param name="Course">How it went; empty for a learned run whose curve was not kept.</param>
internal sealed record RunFigures(
    string Name, string Address, IReadOnlyList<(string Name, string Value)> Facts,
    IReadOnlyList<(string Name, double Value, Func<double, string> Read)> Numbers, IReadOnlyList<CoursePoint> Course)
{
    /// <summary>The figures of a watched run.</summary>
    public static RunFigures Of(WatchedState state)
    {
        var plan = state.Plan.Plan;
        var numbers = state.Progress is not { } progress ? [] : new (string, double, Func<double, string>)[]
        {
            ("tokens/s per GPU", progress.TokensPerSecond.Median / plan.Gpus, Readable.Whole),
            ("tokens/s of all GPUs", progress.TokensPerSecond.Median, Readable.Whole),
            ("USD per billion tokens", progress.UsdPerHour / progress.TokensPerSecond.Median / 3600 * 1e9, Readable.Usd),
            ("spent", progress.SpentUsd, Readable.Usd),
            ("final bill", progress.FinalCostUsd.Median, Readable.Usd),
            ("share of the time not training", progress.Shares.Values.Sum(), Readable.Percent),
        };
        return new($"{state.Run.Name} (watched)", $"/runs/{Readable.Whole(state.Run.Number)}",
        [
            ("model", plan.Model), ("machine", $"{plan.Gpus} × {plan.Gpu}"), ("provider", plan.Provider),
            ("split", plan.Parallelism.ToString()),
            ("micro-batch", Readable.Whole(plan.MicroBatch)), ("tokens per sequence", Readable.Whole(plan.SeqLen)),
            ("precision", DeclaredName.Of(plan.Precision)),
        ], numbers, state.Progress?.Course ?? []);
    }

    /// <summary>The figures of a learned run.</summary>
    /// <param name="kept">The run.</param>
    /// <param name="curve">How it went; null where that was not kept.</param>
    public static RunFigures Of(KeptObservation kept, RunCurve? curve)
    {
        var seen = kept.Observation;
        var numbers = new List<(string, double, Func<double, string>)>();
        if (seen.TokensPerSecondPerGpu is { } rate)
        {
            numbers.Add(("tokens/s per GPU", rate, Readable.Whole));
            numbers.Add(("tokens/s of all GPUs", rate * seen.Machine.Gpus, Readable.Whole));
        }
        if (seen.Memory?.PeakGib is { } peak)
            numbers.Add(("peak memory, GiB", peak, Readable.Number));
        return new(seen.Name, $"/runs/learned/{kept.ShortId}",
        [
            ("model", seen.Model.Name ?? Readable.Missing), ("machine", Machine(seen)), ("software", seen.Stack.Name ?? Readable.Missing),
            ("split", seen.Mesh.Scheme?.ToString() ?? Readable.Missing),
            ("micro-batch", seen.Recipe.MicroBatch is { } batch ? Readable.Whole(batch) : Readable.Missing),
            ("tokens per sequence", seen.Recipe.SeqLen is { } length ? Readable.Whole(length) : Readable.Missing),
            ("precision", seen.Recipe.Precision is { } precision ? DeclaredName.Of(precision) : Readable.Missing),
        ], numbers, curve is null ? [] : [.. Moments(curve)]);
    }

    /// <summary>The moments of a curve that tell tokens. What a learned run cost is not kept.</summary>
    private static IEnumerable<CoursePoint> Moments(RunCurve curve)
    {
        var perStep = curve.TokensPerStep;
        return curve.Points.Where(point => point.Tokens is not null).Select(point => new CoursePoint(double.NaN, point.Step,
            point.Tokens!.Value, perStep / point.StepSeconds ?? double.NaN, point.Loss ?? double.NaN, double.NaN));
    }

    /// <summary>The machine of an observation in a line.</summary>
    public static string Machine(Observation seen) => $"{Readable.Whole(seen.Machine.Gpus)} × {seen.Machine.Gpu}";
}
