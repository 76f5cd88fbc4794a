using System.Globalization;
using System.Text;
using SlmPlanner.Core.Text;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Runs;

/// <summary>What <c>slm-plan learn</c> found, for people.</summary>
public static class LearnText
{
    private static readonly string[] Shown =
        ["n_gpus", "seq_len", "micro_batch_per_gpu", "grad_accum", "global_batch", "tokens_per_step", "precision", "attention",
            "parallelism",
            "activation_checkpointing", "compile", "plan_id"];

    /// <summary>The report.</summary>
    public static string Write(LearnReport report)
    {
        var text = new StringBuilder();
        foreach (var run in report.Observations)
            Append(text, run, report);
        return text.ToString();
    }

    private static void Append(StringBuilder text, LearnedRun run, LearnReport report)
    {
        text.Append(CultureInfo.InvariantCulture, $"{run.File}: {run.Format ?? "not a log that is known"}\n");
        Line(text, "what ran", string.Join(", ", new[] { run.Model, run.Gpu is null ? null
            : Of($"{run.NGpus?.ToString(CultureInfo.InvariantCulture) ?? "?"} x {run.Gpu}"), run.Stack }
            .Where(part => part is not null)));
        if (run.Steps > 0)
            Line(text, "steps", Of($"{run.Steps:N0}, of them {run.SteadySteps:N0} steady"));
        if (run.StepTimeS is { } step)
            Line(text, "step time", Of($"{step:0.####} s")
                + (run.StepTimeSLow is { } low ? Of($" ({low:0.####} to {run.StepTimeSHigh:0.####})") : ""));
        if (run.TokensPerSPerGpu is { } rate)
            Line(text, "speed", Of($"{rate:N0} tokens/s per GPU")
                + (run.TokensPerSPerGpuLow is { } low ? Of($" ({low:N0} to {run.TokensPerSPerGpuHigh:N0})") : ""));
        if (run.PeakMemoryBytes is { } peak)
            Line(text, "peak memory", Of($"{peak / (1L << 30):0.0} GiB {DeclaredName.Of(run.MemoryKind!.Value)}"));
        if (run.Mfu is { } mfu)
            Line(text, "MFU", run.MfuPrinted is { } printed ? Of($"{mfu:P1}, printed {printed:P1}") : Of($"{mfu:P1}"));
        if (run.DataBoundShare is { } share)
            Line(text, "waiting for data", Of($"{share:P1} of a step"));
        foreach (var name in Shown.Where(run.Facts.ContainsKey))
            Line(text, name, $"{run.Facts[name].Value} (from {run.Facts[name].From})");
        foreach (var group in run.Events.GroupBy(happened => happened.Kind))
            Line(text, DeclaredName.Of(group.Key), Of($"{group.Count():N0}")
                + (group.First().Ratio is { } ratio ? Of($", at step {group.First().Step}: steps take {ratio:0.00} times as long") : ""));
        if (run.Agreement is { } found)
            Line(text, "against the rest", RunWords.Distance(found));
        foreach (var contradiction in run.Contradictions)
            Line(text, "contradiction", contradiction);
        foreach (var note in run.Notes)
            Line(text, "note", note);
        if (run.WouldHelp.Count > 0)
            Line(text, "would sharpen it", string.Join(", ", run.WouldHelp));
        Line(text, "result", run.Learned ? $"learned as {run.Id![..12]}"
            : run.Reason is { } reason ? $"not learned: {reason}"
            : report.DryRun ? $"would be learned as {run.Id![..12]}" : "not learned");
        text.Append('\n');
    }

    private static void Line(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"  {name,-26}{value}\n");
    }

    private static string Of(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
