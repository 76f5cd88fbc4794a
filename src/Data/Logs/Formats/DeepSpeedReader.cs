using System.Globalization;
using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// DeepSpeed's throughput timer (deepspeed/utils/timer.py): sequences per second of all ranks. The current rate is read, since the running
/// average still carries the warm-up. The Hugging Face Trainer prints its losses between. Memory in units of 2^30 bytes, as allocated. Its
/// engine for pipelines prints seconds of a step beside the rate.
/// </summary>
internal sealed class DeepSpeedReader : LogReader
{
    private const double Gibibyte = 1L << 30;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.DeepSpeed;

    private double _loss = double.NaN;

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) => line.IndexOf("CurrSamplesPerSec="u8) >= 0 || IsPipeline(line);

    /// <summary><c>steps: 410 loss: 2.1 iter time (s): 3.456 samples/sec: 37.037</c>, the mean of the lines between two.</summary>
    private static bool IsPipeline(ReadOnlySpan<byte> line) => line.IndexOf("steps: "u8) >= 0
        && line.IndexOf("iter time (s): "u8) >= 0 && line.IndexOf("samples/sec: "u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("CurrSamplesPerSec="u8) >= 0)
        {
            run.Rate = RateKind.Samples;
            run.Memory(MemoryKind.Allocated, line.After("MaxMemAllocated="u8) * Gibibyte);
            run.Step(new(StepOf(line))
            {
                Rank = RankOf(line, run),
                Rate = (float)line.After("CurrSamplesPerSec="u8),
                Loss = (float)_loss,
                Clock = Wall(line, run),
            });
        }
        else if (IsPipeline(line))
        {
            run.Rate = RateKind.Samples;
            var seconds = line.After("iter time (s): "u8);
            run.Step(new(line.CountAfter("steps: "u8))
            {
                Rank = RankOf(line, run),
                Seconds = (float)seconds,
                Rate = (float)line.After("samples/sec: "u8),
                Loss = (float)line.After("loss: "u8),
                Batch = (float)PrintedBatch.Of(line, "samples/sec: "u8, seconds),
                Clock = Wall(line, run),
            });
        }
        else if (line.IndexOf("time (ms) |"u8) >= 0)
            PhaseTimes.Read(line, run);
        else if (line.IndexOf("'loss':"u8) is >= 0 and var told && line.IndexOf("'epoch':"u8) > told)
        {
            run.Fact(RunField.Stack, "HF Trainer + DeepSpeed");
            _loss = Numbers.Leading(line[(told + 7)..].TrimStart(" '"u8), out _);
        }
        else if (line.IndexOf("is about to be saved"u8) >= 0 || line.IndexOf("[Torch] Saved"u8) >= 0)
            run.Event(RunEventKind.Checkpoint, Wall(line, run));
        else if (run.InHeader && line.IndexOf(":print]"u8) is > 0 and var print)
            Setting(line[(print + 7)..], run);
        else if (run.InHeader && line.IndexOf("world_size"u8) is >= 0 and var world && line.Length - world < 60)
            run.Fact(RunField.Gpus, line[world..].After("="u8));
    }

    /// <inheritdoc/>
    public override void End(RunRecorder run)
    {
        if (run.Facts.Text(RunField.Stack) is null)
            run.Fact(RunField.Stack, "deepspeed");
    }

    /// <summary>
    /// <c>  train_batch_size ............. 128</c>; a long name leaves no room for dots. ZeRO's settings are all in one line.
    /// </summary>
    private static void Setting(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf(" zero_config "u8) >= 0)
        {
            var stage = line.IndexOf("stage="u8) >= 0 ? line.After("stage="u8) : line.After("\"stage\": "u8);
            ConfigKeys.Read("zero_stage", stage.ToString("R", CultureInfo.InvariantCulture), run.Fact);
            if (line.IndexOf("'cpu'"u8) >= 0 || line.IndexOf("'nvme'"u8) >= 0 || line.IndexOf("\"cpu\""u8) >= 0)
                run.Fact(RunField.Offload, "states");
            return;
        }
        var words = Encoding.UTF8.GetString(line).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 2 or 3)
            ConfigKeys.Read(words[0], words[^1], run.Fact);
    }

    /// <summary><c>global_step=410</c>, or <c>0/410,</c> in older versions.</summary>
    private static int StepOf(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("global_step="u8) >= 0)
            return line.CountAfter("global_step="u8);
        var head = line[..Math.Max(0, line.IndexOf(", RunningAvg"u8))];
        var slash = head.LastIndexOf((byte)'/');
        return slash < 0 ? -1 : Numbers.Whole(Numbers.Leading(head[(slash + 1)..], out _));
    }
}
