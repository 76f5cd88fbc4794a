using System.Globalization;
using System.Text;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Web.Tests;

/// <summary>The log of a run that follows a plan, as torchtitan prints it: ninety seconds of start, then every tenth step.</summary>
/// <param name="plan">The plan.</param>
/// <param name="slowness">Step time over the planned one.</param>
internal sealed class WatchedLog(Candidate plan, double slowness)
{
    private const double StartSeconds = 90;
    private DateTime _clock = new(2026, 11, 29, 8, 0, 0, DateTimeKind.Utc);
    private int _step;

    /// <summary>The head of the log.</summary>
    public string Head()
    {
        var head = Line(string.Create(CultureInfo.InvariantCulture,
            $"Trainer is initialized with local batch size {plan.MicroBatch}, global batch size {plan.TokensPerStep / plan.SeqLen}, "
            + $"gradient accumulation steps {plan.GradAccum}, sequence length {plan.SeqLen}, total steps 9999 (warmup 200)"));
        _clock = _clock.AddSeconds(StartSeconds);
        return head;
    }

    /// <summary>So many more lines, ten steps each.</summary>
    public string Steps(int lines)
    {
        var text = new StringBuilder();
        for (var line = 0; line < lines; line++)
        {
            _step += 10;
            _clock = _clock.AddSeconds(10 * plan.StepTimeSeconds * slowness);
            var rate = plan.TokensPerStep / plan.Gpus / (plan.StepTimeSeconds * slowness);
            text.Append(Line(string.Create(CultureInfo.InvariantCulture,
                $"step: {_step,2}  loss: {2 + 9 * Math.Pow(_step, -0.3),8:0.00000}  grad_norm:  1.2  memory: 18.20GiB(22.0%)  tps: "
                + $"{rate:N0}  tflops: 60.1  mfu: 36.1%")));
        }
        return text.ToString();
    }

    /// <summary>The program writes a checkpoint, which takes so long.</summary>
    public string Checkpoint(double seconds)
    {
        var saving = Line("Saving the checkpoint (or staging if async is enabled).");
        _clock = _clock.AddSeconds(seconds);
        return saving + Line($"Finished saving the checkpoint (or staging if async is enabled) in {seconds.ToString("0.00", CultureInfo.InvariantCulture)} seconds.");
    }

    /// <summary>The program dies, and some time later goes on from an earlier step.</summary>
    public void Restart(int stepsLost, double seconds)
    {
        _step -= stepsLost;
        _clock = _clock.AddSeconds(seconds);
    }

    private string Line(string message) => $"[rank0]:[titan] {_clock:yyyy-MM-dd HH:mm:ss,fff} - root - INFO - {message}\n";
}
