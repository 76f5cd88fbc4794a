using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// Composer's console logger, as llm-foundry prints it: a line <c>[batch=410/5000]:</c> and indented metrics under it. The line counts in
/// the unit of the run's length, which may be batches of an epoch or tokens, so <c>time/batch</c> tells the step where it is there: batches
/// before this one. The rate of one device is read, not that of all; before a window is full there is none, and <c>time/train</c> is the
/// clock, in hours unless the line <c>time_minutes/train</c> beside it or the configuration tells another unit. Where batches have no count
/// of tokens there are sequences per second alone. Memory in 10^9 bytes. Tokens over sequences show padding.
/// </summary>
internal sealed class ComposerReader : LogReader
{
    private const double SecondsPerHour = 3600;

    private static readonly byte[][] Units =
        ["[batch="u8.ToArray(), "[token="u8.ToArray(), "[sample="u8.ToArray(), "[iteration="u8.ToArray()];

    private static readonly (string Word, double Seconds)[] TimeUnits =
        [("seconds", 1), ("minutes", 60), ("hours", SecondsPerHour), ("days", 24 * SecondsPerHour)];

    private double _timeUnit = SecondsPerHour, _sequences = double.NaN;

    private bool _isOpen;
    private int _step = -1, _rank = -1;
    private double _rate = double.NaN, _total = double.NaN, _loss = double.NaN, _mfu = double.NaN, _clock = double.NaN,
        _tokens = double.NaN, _samples = double.NaN, _train = double.NaN;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Composer;

    /// <inheritdoc/>
    public override string Stack => "llm-foundry";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) => line.IndexOf("Train throughput/"u8) >= 0
        || line.IndexOf("Train time/batch:"u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("[Eval batch="u8) >= 0)
            run.Event(RunEventKind.Evaluation, Wall(line, run));
        else if (HeadAt(line) is >= 0 and var head)
            Open(line, head, run);
        if (line.IndexOf("Train "u8) is >= 0 and var train)
            Metric(line[(train + 6)..], run);
        else if (line.IndexOf("Eval metrics/"u8) >= 0)
            run.Event(RunEventKind.Evaluation);
        else if (run.InHeader && line.IndexOf(": "u8) is > 0 and var colon && line.Length < 200)
            Setting(line, colon, run);
    }

    /// <inheritdoc/>
    public override void End(RunRecorder run) => Keep(run);

    private static int HeadAt(ReadOnlySpan<byte> line)
    {
        foreach (var unit in Units)
            if (line.IndexOf(unit) is >= 0 and var at && line[at..].IndexOf("]:"u8) > 0)
                return at;
        return -1;
    }

    private void Open(ReadOnlySpan<byte> line, int head, RunRecorder run)
    {
        Keep(run);
        (_isOpen, _rank, _clock) = (true, RankOf(line, run), Wall(line, run));
        if (!line[head..].StartsWith(Units[0]))
            return;
        _step = line.CountAfter(Units[0]);
        if (line.IndexOf("[epoch="u8) < 0)
            run.Fact(RunField.TotalSteps, line[head..].After("/"u8));
    }

    private void Metric(ReadOnlySpan<byte> metric, RunRecorder run)
    {
        if (metric.StartsWith("throughput/device/tokens_per_sec:"u8))
            _rate = metric.After(":"u8);
        else if (metric.StartsWith("throughput/tokens_per_sec:"u8))
            _total = metric.After(":"u8);
        else if (metric.StartsWith("throughput/samples_per_sec:"u8))
            _sequences = metric.After(":"u8);
        else if (metric.StartsWith("throughput/device/mfu:"u8))
            _mfu = metric.After(":"u8);
        else if (metric.StartsWith("loss/train/total:"u8))
            _loss = metric.After(":"u8);
        else if (metric.StartsWith("memory/peak_reserved_mem:"u8))
            run.Memory(MemoryKind.Reserved, metric.After(":"u8) * 1e9);
        else if (metric.StartsWith("memory/peak_allocated_mem:"u8))
            run.Memory(MemoryKind.Allocated, metric.After(":"u8) * 1e9);
        else if (metric.StartsWith("memory/alloc_retries:"u8))
            run.Caveat(RunCaveat.AllocationRetries, metric.After(":"u8));
        else if (metric.StartsWith("trainer/device_train_microbatch_size:"u8))
            run.Fact(RunField.MicroBatch, metric.After(":"u8));
        else if (metric.StartsWith("time/batch:"u8) && metric.CountAfter(":"u8) is >= 0 and var before)
            _step = before + 1;
        else if (metric.StartsWith("time/token:"u8))
            _tokens = metric.After(":"u8);
        else if (metric.StartsWith("time/sample:"u8))
            _samples = metric.After(":"u8);
        else if (metric.StartsWith("time/train:"u8) && run.Clock is ClockKind.None or ClockKind.Training)
        {
            run.Clock = ClockKind.Training;
            _train = metric.After(":"u8);
        }
        else if (metric.StartsWith("time_"u8) && metric.IndexOf("/train:"u8) is > 0 and var end)
            Unit(Encoding.UTF8.GetString(metric[5..end]));
    }

    private void Unit(string word)
    {
        foreach (var (name, seconds) in TimeUnits)
            if (word == name)
                _timeUnit = seconds;
    }

    private void Keep(RunRecorder run)
    {
        if (_isOpen && _step >= 0)
        {
            run.Tokens(_step, _tokens);
            run.Samples(_step, _samples);
            var isCounted = _rate > 0 || run.Rate == RateKind.TokensPerGpu;
            run.Rate = isCounted ? RateKind.TokensPerGpu : _sequences > 0 ? RateKind.Samples : run.Rate;
            if (_rate > 0 && _total > 0)
                run.Derived(RunField.Gpus, Math.Round(_total / _rate));
            run.Step(new(_step)
            {
                Rank = _rank, Rate = (float)(isCounted ? _rate : _sequences), Loss = (float)_loss, Mfu = (float)_mfu,
                Clock = double.IsFinite(_train) ? _train * _timeUnit : _clock,
            });
        }
        (_isOpen, _step, _tokens, _samples) = (false, -1, double.NaN, double.NaN);
        (_rate, _total, _loss, _mfu, _train) = (double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        _sequences = double.NaN;
    }

    /// <summary>A line of the configuration, which llm-foundry prints as YAML before it starts.</summary>
    private void Setting(ReadOnlySpan<byte> line, int colon, RunRecorder run)
    {
        var key = Encoding.UTF8.GetString(line[..colon]).Trim();
        if (key == "time_unit")
            Unit(Encoding.UTF8.GetString(line[(colon + 1)..]).Trim());
        ConfigKeys.Read(key is "max_seq_len" ? "seq_len" : key is "n_gpus" ? "world_size" : key,
            Encoding.UTF8.GetString(line[(colon + 1)..]), run.Fact);
    }
}
