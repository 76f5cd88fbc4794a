using System.Globalization;
using System.Text;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>
/// A log of a run that follows the plan of the second version's file: 524,288 tokens a step, so 38,147 steps of 20 billion tokens, on 8
/// GPUs for $2.72 an hour. It starts 60 seconds before its first step; a step takes 7 seconds.
/// </summary>
internal sealed class TrackedLog
{
    public const int TotalSteps = 38147;
    public const double StepSeconds = 7, UsdPerHour = 2.72, StartSeconds = 60;

    private readonly StringBuilder _text = new();
    private double _clock;

    public TrackedLog()
    {
        Line("CUDA capacity: NVIDIA GeForce RTX 4090 with 23.6GiB memory");
        Line("Trainer is initialized with local batch size 4, global batch size 512, gradient accumulation steps 16, sequence length "
            + "1024, total steps 38147 (warmup 200)");
        _clock += StartSeconds;
    }

    /// <summary>What is added to the stamps that are printed, not to the time that passes.</summary>
    public double Shift { get; set; }

    public string Text => _text.ToString();

    public static string Plan => Version2.File("plan.json");

    /// <summary>Steps, each tenth printed.</summary>
    public TrackedLog Steps(int first, int last, double factor = 1)
    {
        for (var step = first; step <= last; step++)
        {
            _clock += StepSeconds * factor;
            if (step % 10 != 0 && step != 1)
                continue;
            var rate = 524288 / 8.0 / (StepSeconds * factor) * (1 + 0.003 * Math.Sin(step));
            Line(string.Create(CultureInfo.InvariantCulture,
                $"step: {step,2}  loss: {2 + 9 * Math.Pow(step, -0.3),8:0.00000}  grad_norm:  1.2  memory: 18.20GiB(77.03%)  tps: "
                + $"{rate:N0}  tflops: 60.1  mfu: 36.1%"));
        }
        return this;
    }

    public TrackedLog Pause(double seconds)
    {
        _clock += seconds;
        return this;
    }

    public TrackedLog Line(string message)
    {
        var time = new DateTime(2026, 2, 3, 10, 0, 0, DateTimeKind.Utc).AddSeconds(_clock + Shift);
        _text.Append(CultureInfo.InvariantCulture, $"[rank0]:[titan] {time:yyyy-MM-dd HH:mm:ss,fff} - root - INFO - {message}\n");
        return this;
    }
}
