using System.Text;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// The console of the Hugging Face Trainer: the progress bar's step and elapsed time, and dictionaries of metrics. Times come from the
/// bar's clock over many steps, to the second; the rates that the Trainer sums up at its end hold evaluation, saving and warm-up too. Other
/// bars come before (of files, of shards) and between (of evaluations): the training's is the one on which metrics are printed.
/// </summary>
internal sealed class HuggingFaceReader : LogReader
{
    private const int MostWaiting = 4096;

    private readonly List<(int Total, long Line, StepRecord Step)> _waiting = [];
    private readonly HuggingFaceHeader _header = new();
    private int _total, _resumedAt;
    private double _loss = double.NaN;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.HuggingFaceConsole;

    /// <inheritdoc/>
    public override string Stack => "hf-trainer";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) =>
        (line.IndexOf("{'loss':"u8) >= 0 && line.IndexOf("'epoch':"u8) >= 0) || line.IndexOf("'train_runtime':"u8) >= 0
        || line.IndexOf("***** Running training *****"u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        // With its count of tokens switched on, the Trainer adds the time so far to each step's metrics: the sum at the end has no loss.
        var isStep = line.IndexOf("'loss':"u8) >= 0;
        if (line.IndexOf("'train_runtime':"u8) >= 0 && !isStep)
            Sum(line, run);
        else if (line.IndexOf("'eval_loss':"u8) >= 0 || line.IndexOf("'eval_runtime':"u8) >= 0)
            run.Event(RunEventKind.Evaluation, double.NaN, Quoted(line, "'eval_runtime':"u8));
        else if (isStep)
            Metrics(line, run);
        if (line.IndexOf("it/s]"u8) >= 0 || line.IndexOf("s/it]"u8) >= 0 || line.IndexOf("?it/s"u8) >= 0)
            Bar(line, run);
        else if (line.IndexOf("Saving model checkpoint to"u8) >= 0)
            run.Event(RunEventKind.Checkpoint);
        else if (line.IndexOf("Continuing training from global step"u8) >= 0)
        {
            _resumedAt = Math.Max(0, line.CountAfter("from global step"u8));
            run.Caveat(RunCaveat.Resumed, _resumedAt);
        }
        else if (line.IndexOf("***** Running Evaluation *****"u8) >= 0)
            run.Event(RunEventKind.Evaluation);
        else if (!isStep)
            _header.Read(line, run);
    }

    private void Metrics(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (_total == 0 && _waiting.Count > 0)
            Decide(_waiting[^1].Total, run);
        _loss = Quoted(line, "'loss':"u8);
        var text = Encoding.UTF8.GetString(line);
        run.Tokens(run.LastStep, HuggingFaceHeader.Tokens(Of));
        HuggingFaceHeader.Memory(Of, run);

        double Of(string name) => Quoted(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes($"'{name}':"));
    }

    /// <summary><c>  8%|▊  | 410/5000 [07:12&lt;1:20:01,  1.05s/it]</c>; bars of another length are those of evaluations.</summary>
    private void Bar(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var bar = line.LastIndexOf("| "u8);
        if (bar < 0 || line[..bar].IndexOf("%|"u8) is not (> 0 and var share) || line[..share].ContainsAnyInRange((byte)'A', (byte)'z'))
            return;
        var step = Numbers.Leading(line[(bar + 2)..], out var length);
        var rest = line[(bar + 2 + length)..];
        if (!(step >= 0) || rest.IsEmpty || rest[0] != (byte)'/')
            return;
        var total = Numbers.Whole(Numbers.Leading(rest[1..], out _));
        if (total < 1 || rest.IndexOf("["u8) is not (> 0 and var open) || Elapsed(rest[(open + 1)..]) is not (>= 0 and var elapsed))
            return;
        if (_total > 0 && total != _total)
            run.Event(RunEventKind.Evaluation);
        else if (step >= 1)
            Keep(total, new(Numbers.Whole(step)) { Clock = elapsed, Loss = (float)_loss, Rank = RankOf(line, run) }, run);
    }

    /// <summary>Takes a step of a bar, or keeps it until it is known which bar is the training's.</summary>
    private void Keep(int total, StepRecord step, RunRecorder run)
    {
        if (_total == 0 && run.Facts.Count(RunField.TotalSteps) is { } said)
            Decide(said, run);
        if (_total == 0)
        {
            _waiting.Add((total, run.Line, step));
            if (_waiting.Count >= MostWaiting)
                Decide(Longest(), run);
            return;
        }
        if (total != _total)
            return;
        run.Clock = ClockKind.Elapsed;
        run.Step(step);
        _loss = double.NaN;
    }

    private int Longest() => _waiting.Count == 0 ? 0 : _waiting.GroupBy(bar => bar.Total).MaxBy(group => group.Count())!.Key;

    private void Decide(int total, RunRecorder run)
    {
        if (total == 0)
            return;
        _total = total;
        run.Fact(RunField.TotalSteps, total);
        var line = run.Line;
        foreach (var bar in _waiting)
        {
            run.Line = bar.Line;
            Keep(bar.Total, bar.Step, run);
        }
        run.Line = line;
        _waiting.Clear();
    }

    /// <inheritdoc/>
    public override void End(RunRecorder run)
    {
        if (_total == 0)
            Decide(Longest(), run);
    }

    /// <summary><c>07:12</c>, <c>1:20:01</c> or <c>2 days, 1:20:01</c> in seconds; -1 for anything else.</summary>
    private static double Elapsed(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'<');
        if (end < 0)
            return -1;
        double seconds = 0;
        var digits = 0;
        double part = 0;
        foreach (var letter in text[..end])
            switch (letter)
            {
                case >= (byte)'0' and <= (byte)'9':
                    part = part * 10 + letter - '0';
                    digits++;
                    break;
                case (byte)':':
                    seconds = (seconds + part) * 60;
                    part = 0;
                    break;
                default:
                    return -1;
            }
        return digits > 0 && seconds + part < 1e9 ? seconds + part : -1;
    }

    private void Sum(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var (runtime, rate) = (Quoted(line, "'train_runtime':"u8), Quoted(line, "'train_steps_per_second':"u8));
        var samples = Quoted(line, "'train_samples_per_second':"u8);
        if (_total == 0)
            Decide(Longest(), run);
        var steps = run.LastStep > 0 ? run.LastStep : _total > 0 ? _total : Math.Round(runtime * rate);
        run.Whole(runtime, steps - _resumedAt);
        if (samples > 0 && rate > 0 && samples / rate >= 0.5)
            run.Derived(RunField.GlobalBatch, Math.Round(samples * runtime / steps));
        run.Event(RunEventKind.End);
    }

    /// <summary>A number that newer versions print in quotes.</summary>
    private static double Quoted(ReadOnlySpan<byte> line, ReadOnlySpan<byte> key)
    {
        var at = line.IndexOf(key);
        return at < 0 ? double.NaN : Numbers.Leading(line[(at + key.Length)..].TrimStart(" '"u8), out _);
    }
}
