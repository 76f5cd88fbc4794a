using System.Text.Json;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Formats;

namespace SlmPlanner.Data.Logs.Tables;

/// <summary>
/// Reads what the Hugging Face Trainer leaves: <c>trainer_state.json</c> with its history, and <c>all_results.json</c> or
/// <c>train_results.json</c>. Times are in the sums of a run that has ended, and with the count of tokens switched on
/// (<c>include_num_input_tokens_seen</c>) in each entry; a history without them tells losses alone.
/// </summary>
internal static class TrainerState
{
    /// <summary>The largest file that is read, bytes.</summary>
    public const int Largest = 1 << 26;

    /// <summary>True for either file.</summary>
    public static bool Knows(JsonElement root) => root.ValueKind == JsonValueKind.Object
        && (root.TryGetProperty("log_history", out var history) ? history.ValueKind == JsonValueKind.Array
            : root.TryGetProperty("train_runtime", out _));

    /// <summary>Takes the file.</summary>
    public static void Read(JsonElement root, RunRecorder run)
    {
        var steps = Number(root, "global_step");
        run.Fact(RunField.TotalSteps, Number(root, "max_steps"));
        run.Fact(RunField.MicroBatch, Number(root, "train_batch_size"));
        if (root.TryGetProperty("log_history", out var history))
            foreach (var entry in history.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object))
                Entry(entry, ref steps, run);
        Sum(root, steps, run);
        if (run.NoTimes is null && double.IsNaN(Runtime(root, history)))
            run.NoTimes = "hf-unfinished";
    }

    private static double Runtime(JsonElement root, JsonElement history) =>
        history.ValueKind != JsonValueKind.Array ? Number(root, "train_runtime")
        : history.EnumerateArray().Select(entry => Number(entry, "train_runtime")).FirstOrDefault(double.IsFinite, double.NaN);

    private static void Entry(JsonElement entry, ref double steps, RunRecorder run)
    {
        var (step, runtime) = (Number(entry, "step"), Number(entry, "train_runtime"));
        var isStep = double.IsFinite(Number(entry, "loss"));
        if (double.IsFinite(runtime) && !isStep)
        {
            Sum(entry, double.IsFinite(step) ? step : steps, run);
            return;
        }
        if (!(step >= 0 && step <= int.MaxValue))
            return;
        steps = double.IsNaN(steps) ? step : Math.Max(steps, step);
        if (double.IsFinite(Number(entry, "eval_loss")) || double.IsFinite(Number(entry, "eval_runtime")))
            run.Event(RunEventKind.Evaluation, double.NaN, Number(entry, "eval_runtime"));
        run.Tokens((int)step, HuggingFaceHeader.Tokens(name => Number(entry, name)));
        HuggingFaceHeader.Memory(name => Number(entry, name), run);
        if (!isStep)
            return;
        if (double.IsFinite(runtime))
            run.Clock = ClockKind.Elapsed;
        run.Step(new((int)step) { Loss = (float)Number(entry, "loss"), Clock = runtime });
    }

    private static void Sum(JsonElement sum, double steps, RunRecorder run)
    {
        var (runtime, samples, rate) = (Number(sum, "train_runtime"), Number(sum, "train_samples_per_second"),
            Number(sum, "train_steps_per_second"));
        if (!(runtime > 0))
            return;
        if (double.IsNaN(steps))
            steps = Math.Round(runtime * rate);
        run.Whole(runtime, steps);
        if (samples > 0 && steps >= 1)
            run.Derived(RunField.GlobalBatch, Math.Round(samples * runtime / steps));
    }

    private static double Number(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var number) ? number : double.NaN;
}
