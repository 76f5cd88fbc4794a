using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// nanotron's console (src/nanotron/trainer.py, train_step_logs): milliseconds of the one step that is printed, rates of all devices and of
/// one. Numbers have three digits and a letter for thousands (<c>1.91K</c>), so batches and lengths are read from the line at the start and
/// from the dump of the configuration, which are exact. Memory in units of 2^20 bytes.
/// </summary>
internal sealed class NanotronReader : LogReader
{
    private const double Mebibyte = 1L << 20;
    private const int Digits = 3;

    /// <summary>Two rounded rates tell how many ranks share a copy of the model up to about this.</summary>
    private const double MostModelRanks = 40;

    private readonly MonthDayClock _clock = new();
    private NanotronSettings? _settings = new();
    private double _copies = double.NaN;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Nanotron;

    /// <inheritdoc/>
    public override string Stack => "nanotron";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) => line.IndexOf("time_per_iteration_ms: "u8) >= 0
        && line.IndexOf("tokens_per_sec_per_gpu: "u8) >= 0 && line.IndexOf("iteration: "u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("time_per_iteration_ms: "u8) >= 0)
            Step(line, run);
        else if (line.IndexOf("mbs: "u8) >= 0 && line.IndexOf("| grad_accum: "u8) >= 0)
            Start(line, run);
        else if (line.IndexOf("Peak allocated"u8) >= 0)
        {
            run.Memory(MemoryKind.Allocated, line.After("Peak allocated"u8, ": "u8) * Mebibyte);
            run.Memory(MemoryKind.Reserved, line.After("Peak reserved"u8, ": "u8) * Mebibyte);
        }
        else if (line.IndexOf("aving checkpoint at"u8) >= 0)
            run.Event(RunEventKind.Checkpoint, Clock(line, run));
        else if (_settings is not null && line.Contains((byte)'='))
            Dump(line, _settings);
    }

    /// <inheritdoc/>
    public override void End(RunRecorder run) => TellSettings(run);

    private void Step(ReadOnlySpan<byte> line, RunRecorder run)
    {
        TellSettings(run);
        var step = line.CountAfter("iteration: "u8);
        if (step < 0)
            return;
        var (all, perGpu) = (line.HumanAfter("tokens_per_sec: "u8), line.HumanAfter("tokens_per_sec_per_gpu: "u8));
        if (perGpu > 0)
            run.Rate = RateKind.TokensPerGpu;
        if (run.InHeader && all / perGpu / _copies is >= 0.5 and <= MostModelRanks and var ranks)
            run.Derived(RunField.Gpus, Math.Round(ranks) * _copies);
        var time = line.HumanAfter("time_per_iteration_ms: "u8);
        if (time > 0)
            run.Rounding = Math.Max(run.Rounding, Math.Pow(10, Math.Floor(Math.Log10(time)) - Digits + 1) / 2 / time);
        run.Samples(step, line.After("consumed_samples: "u8));
        run.Memory(MemoryKind.Reserved, line.HumanAfter("cuda_max_memory_reserved: "u8));
        run.Step(new(step)
        {
            Rank = RankOf(line, run),
            Seconds = (float)(time / 1000),
            Rate = (float)perGpu,
            Loss = (float)line.HumanAfter("lm_loss: "u8),
            Clock = Clock(line, run),
        });
    }

    /// <summary><c>mbs: 4 | grad_accum: 8 | sequence_length: 2048 | global_batch_size: 256 | train_steps: …</c></summary>
    private void Start(ReadOnlySpan<byte> line, RunRecorder run)
    {
        TellSettings(run);
        _settings = null;
        run.Event(RunEventKind.Restart);
        var (micro, accumulation, batch) = (line.After("mbs: "u8), line.After("grad_accum: "u8), line.After("global_batch_size: "u8));
        _copies = batch / micro / accumulation;
        if (!(_copies >= 1 && _copies == Math.Floor(_copies)))
            _copies = double.NaN;
        run.Fact(RunField.MicroBatch, micro);
        run.Fact(RunField.GradAccum, accumulation);
        run.Fact(RunField.GlobalBatch, batch);
        run.Fact(RunField.SeqLen, line.After("sequence_length: "u8));
        run.Fact(RunField.TotalSteps, line.After("train_steps: "u8));
    }

    private void TellSettings(RunRecorder run)
    {
        _settings?.Tell(run.Fact);
        _settings = null;
    }

    private double Clock(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var clock = _clock.Of(line);
        if (!double.IsNaN(clock))
            run.Clock = _clock.IsElapsed ? ClockKind.Elapsed : ClockKind.Wall;
        return clock;
    }

    /// <summary>The pairs <c>name=value</c> of a line of a dumped data class.</summary>
    private static void Dump(ReadOnlySpan<byte> line, NanotronSettings settings)
    {
        for (int equals; (equals = line.IndexOf((byte)'=')) >= 0; line = line[(equals + 1)..])
        {
            var start = equals;
            while (start > 0 && (char.IsAsciiLetterOrDigit((char)line[start - 1]) || line[start - 1] == (byte)'_'))
                start--;
            var value = line[(equals + 1)..];
            var end = value.IndexOfAny((byte)',', (byte)')');
            settings.Set(Encoding.UTF8.GetString(line[start..equals]), Encoding.UTF8.GetString(end < 0 ? value : value[..end]));
        }
    }
}
