using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>
/// Tells on standard error how a run goes: a bar with the time left on a terminal, a line per burst elsewhere. It writes between
/// bursts only, since drawing while steps are timed would disturb them.
/// </summary>
internal sealed class RunProgress(TextWriter output, bool isTerminal)
{
    private const int Width = 24;

    /// <summary>A stage starts.</summary>
    public void Stage(string text) => output.WriteLine(text);

    /// <summary>A burst starts.</summary>
    public void Starting(int number, ChosenBurst chosen, RunBudget budget, bool isRepeat)
    {
        var spec = chosen.Burst.Spec;
        var what = $"burst {number}{(isRepeat ? " (again)" : "")}{(chosen.HeldOut ? " (held out)" : "")}: {spec.Shape.Name} "
            + $"s{spec.SeqLen} b{spec.MicroBatch}x{spec.GradAccum} "
            + $"{Lower(spec.Precision)} {Lower(spec.Attention)} "
            + $"{Lower(spec.Parallelism)}{(spec.Recomputation == Core.Training.Recomputation.None ? "" : $" recompute-{Lower(spec.Recomputation)}")}";
        var share = Math.Clamp(budget.UsedSeconds / budget.Seconds, 0, 1);
        var bar = new string('#', (int)(Width * share)).PadRight(Width, '.');
        var left = TimeSpan.FromSeconds(Math.Max(0, budget.Seconds - budget.UsedSeconds));
        Put($"[{bar}] {left:m\\:ss} left  {what}", end: false);
    }

    /// <summary>A burst ended.</summary>
    public void Ended(BurstResult result)
    {
        Put(result.StepTimeS is { } step
            ? $"  {step.Median * 1e3:0.0} ms ± {step.Spread / step.Median:P1}"
            : $"  {Lower(result.Status)}: {result.Message}", end: true);
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private void Put(string text, bool end)
    {
        output.Write(isTerminal && !end ? $"\r\u001b[K{text}" : text);
        if (end && !isTerminal)
            output.WriteLine();
        output.Flush();
    }
}
