using System.Globalization;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Web.Calibration;

/// <summary>The watched run: how far it is, its latest bursts, how busy the latest one kept the machine.</summary>
internal static class LiveView
{
    private const int LatestBursts = 8;
    private const int Width = 600;
    private const int Height = 80;

    /// <summary>The part of the page, the same whether it is served or pushed.</summary>
    /// <param name="run">The run so far.</param>
    /// <param name="now">The time.</param>
    public static Html Render(RunSnapshot run, DateTimeOffset now) => run.Machine is not { } machine
        ? Html.Of($"<p>Waiting for the run's first line.</p>")
        : Html.Of($"""
            <p>{State(run)} <strong>{machine.Device}</strong> on {machine.Machine}, {Budget(run, machine, now)}</p>
            <progress max="{Whole(machine.BudgetS)}" value="{Whole(run.IsFitted ? machine.BudgetS : Elapsed(run, machine, now))}">{Budget(run, machine, now)}</progress>
            <dl class="answers">
            {Fact("Bursts", Readable.Whole(run.Bursts.Count), $"{Readable.Whole(run.HeldOut)} held back to prove the profile")}
            {Fact("Not measured", Readable.Whole(run.Bursts.Count(burst => burst.StepTimeS is null)), "out of memory, failed or timed out")}
            {Fact("Busy in the latest burst", Busy(run.Latest, run.Threads), "mean share of its threads, or of the GPU")}
            </dl>
            {(run.Unreadable > 0 ? Html.Of($"<p class=\"problem\">{run.Unreadable} lines could not be read.</p>") : default)}
            {Utilisation(run)}
            {HtmlTable.Render(Latest(run))}
            """);

    private static string State(RunSnapshot run) => run.IsFitted ? "Finished, profile written:" : "Measuring";

    private static string Budget(RunSnapshot run, RunEnvironment machine, DateTimeOffset now) => run.IsFitted
        ? $"budget {Readable.Seconds(machine.BudgetS)}"
        : $"{Readable.Number(Math.Round(Elapsed(run, machine, now)))} s of {Readable.Seconds(machine.BudgetS)}";

    private static double Elapsed(RunSnapshot run, RunEnvironment machine, DateTimeOffset now) =>
        Math.Clamp((now - run.Started).TotalSeconds, 0, machine.BudgetS);

    private static string Whole(double value) => value.ToString("F0", CultureInfo.InvariantCulture);

    private static Html Fact(string what, string value, string detail) =>
        Html.Of($"<div><dt>{what}</dt><dd class=\"value\">{value}</dd><dd class=\"detail\">{detail}</dd></div>\n");

    private static string Busy(BurstResult? burst, int threads) => burst?.MeanBusy(threads) is { } busy ? Readable.Percent(busy)
        : Readable.Missing;

    private static Html Utilisation(RunSnapshot run)
    {
        var samples = run.Latest?.Utilisation.Where(sample => sample.Share(run.Threads) is not null).ToArray() ?? [];
        if (samples.Length < 2)
            return default;
        var last = samples[^1].TimeS;
        var points = samples.Select(sample => string.Create(CultureInfo.InvariantCulture,
            $"{sample.TimeS / last * Width:0.#},{Height * (1 - sample.Share(run.Threads)!.Value):0.#}"));
        return Html.Of($"""
            <figure class="spark"><h3>Utilisation during the latest burst</h3>
            <svg viewBox="-2 -2 {Width + 4} {Height + 4}" role="img" aria-label="Utilisation during the latest burst, {Busy(run.Bursts[^1], run.Threads)} on average">
            <line class="grid" x1="0" x2="{Width}" y1="0" y2="0"/><line class="grid" x1="0" x2="{Width}" y1="{Height}" y2="{Height}"/>
            <polyline class="front" points="{string.Join(' ', points)}"/></svg>
            <figcaption>From 0 to 100 % over {Readable.Seconds(last)}.</figcaption></figure>
            """);
    }

    private static ReportTable Latest(RunSnapshot run) => ReportTable.Of<BurstResult>(
        "Latest bursts",
        run.Bursts.TakeLast(LatestBursts).Reverse(),
        new("burst", burst => Shape(burst.Spec)),
        new("step", burst => burst.StepTimeS is { } step
            ? $"{Readable.Seconds(step.Median)} ± {Readable.Percent(step.Spread / step.Median)}" : Ending(burst.Status), IsNumber: true),
        new("tokens/s", burst => burst.TokensPerS is { } rate ? Readable.Count(rate) : Readable.Missing, IsNumber: true),
        new("busy", burst => Busy(burst, run.Threads), IsNumber: true));

    private static string Ending(BurstStatus status) => status switch
    {
        BurstStatus.Ok => "ok",
        BurstStatus.OutOfMemory => "out of memory",
        _ => "failed",
    };

    private static string Shape(BurstSpec spec) => string.Create(CultureInfo.InvariantCulture,
        $"{spec.NLayers} layers of {spec.DModel}{Pattern(spec)}, {spec.MicroBatch} × {spec.GradAccum} × {spec.SeqLen} tokens, "
        + $"{(spec.Precision == BurstPrecision.Fp32 ? "fp32" : "bf16")}, {(spec.Attention == AttentionKind.Flash ? "flash" : "vanilla")}"
        + $"{(spec.Recomputation == Recomputation.Full ? ", recomputed" : "")}");

    private static string Pattern(BurstSpec spec) =>
        (spec.Experts is { } experts ? $" with {experts.PerToken} of {experts.Count} experts" : "")
        + (spec.Windows is { } windows ? $" with a window of {windows.Tokens}" : "");
}
