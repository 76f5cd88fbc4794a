using System.Globalization;
using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// litgpt's console (litgpt/pretrain.py) and older programs on Lightning Fabric: each line is a micro-batch, and those that end an
/// optimizer step are marked <c>(step)</c> or <c>(optimizer.step)</c>. A step's time is the mean of its lines times its micro-batches. By
/// default only lines that end a step are printed, and the device may still have been at work on the micro-batches before when their clock
/// began. The remaining time in them is what has passed, over the micro-batches so far, times those that are left, so where the budget of
/// tokens is told it is a clock of the whole. Memory in 10^9 bytes.
/// </summary>
internal sealed class LitgptReader : LogReader
{
    private double _milliseconds;
    private double _budget = double.NaN;
    private int _lines, _lastIter = -1, _lastStep = -1, _firstIter = -1;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Litgpt;

    /// <inheritdoc/>
    public override string Stack => "litgpt";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) =>
        line.IndexOf("iter "u8) >= 0 && line.IndexOf("step "u8) >= 0 && line.IndexOf("iter time:"u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("iter time:"u8) >= 0 && line.CountAfter("iter "u8) is >= 0 and var iter)
            MicroBatch(line, iter, run);
        else if (line.IndexOf(": val loss "u8) >= 0 || line.IndexOf("val loss: "u8) >= 0)
            run.Event(RunEventKind.Evaluation, double.NaN, line.After("val time: "u8) / 1000);
        else if (line.IndexOf("Saving checkpoint to"u8) >= 0)
            run.Event(RunEventKind.Checkpoint);
        else if (line.IndexOf("Memory used:"u8) >= 0)
            run.Memory(MemoryKind.Allocated, line.After("Memory used:"u8) * 1e9);
        else if (run.InHeader)
            Header(line, run);
    }

    private void MicroBatch(ReadOnlySpan<byte> line, int iter, RunRecorder run)
    {
        _milliseconds += line.After("iter time:"u8);
        _lines++;
        if (_firstIter < 0)
            _firstIter = iter;
        if (line.IndexOf("step)"u8) < 0)
            return;
        var step = line.CountAfter(" step "u8);
        var accumulated = _lastIter >= 0 && iter > _lastIter && step > _lastStep ? (iter - _lastIter) / (double)(step - _lastStep)
            : double.NaN;
        var isLast = _lines == 1 && !(accumulated <= 1);
        var passed = isLast ? Passed(line, iter, run) : double.NaN;
        if (double.IsFinite(passed))
            run.Clock = ClockKind.Elapsed;
        run.Step(new(step)
        {
            Rank = RankOf(line, run),
            Seconds = (float)(double.IsFinite(passed) ? double.NaN : _milliseconds / _lines * accumulated / 1000),
            Loss = (float)(line.IndexOf("loss train:"u8) >= 0 ? line.After("loss train:"u8) : line.After("loss"u8)),
            Clock = double.IsFinite(passed) ? passed : Wall(line, run),
        });
        run.Derived(RunField.GradAccum, accumulated);
        if (isLast && double.IsNaN(passed))
            run.Caveat(RunCaveat.OnlyLastMicroBatch, accumulated);
        (_milliseconds, _lines, _lastIter, _lastStep) = (0, 0, iter, step);
    }

    /// <summary>
    /// Seconds since the start by the remaining time; NaN where the number of micro-batches is not told, or the run was resumed.
    /// </summary>
    private double Passed(ReadOnlySpan<byte> line, int iter, RunRecorder run)
    {
        if (line.IndexOf("remaining time: "u8) is not (> 0 and var at)
            || TimeText.Seconds(Encoding.UTF8.GetString(line[(at + 16)..]).Trim()) is not { } remaining)
            return double.NaN;
        var facts = run.Facts;
        double? devices = facts.Count(RunField.Gpus) ?? (double?)facts.Count(RunField.GpusPerNode) * (facts.Count(RunField.Nodes) ?? 1);
        var all = Math.Floor(Math.Floor(_budget / (devices ?? double.NaN))
            / (facts.Count(RunField.MicroBatch) ?? double.NaN) / (facts.Count(RunField.SeqLen) ?? double.NaN));
        return all > iter && _firstIter <= (_lastIter < 0 ? iter : iter - _lastIter) ? remaining * iter / (all - iter) : double.NaN;
    }

    private void Header(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("Total parameters:"u8) >= 0)
            run.Fact(RunField.Parameters, line.After("Total parameters:"u8));
        if (line.IndexOf("Starting with "u8) >= 0 && line.IndexOf(" processes"u8) >= 0)
        {
            run.Event(RunEventKind.Restart);
            run.Fact(RunField.Gpus, line.After("Starting with "u8));
        }
        if (line.IndexOf("'devices': "u8) >= 0)
            run.Fact(RunField.GpusPerNode, line.After("'devices': "u8));
        if (line.IndexOf("'num_nodes': "u8) >= 0)
            run.Fact(RunField.Nodes, line.After("'num_nodes': "u8));
        if (line.IndexOf("micro_batch_size"u8) < 0 && line.IndexOf("n_layer"u8) < 0)
            return;
        foreach (var part in Encoding.UTF8.GetString(line).Split(['(', ')', ',', '{', '}']))
        {
            var separator = part.IndexOfAny(['=', ':']);
            if (separator > 0)
                ConfigKeys.Read(part.AsSpan(0, separator), part.AsSpan(separator + 1), run.Fact);
            if (separator > 0 && part.AsSpan(0, separator).Trim() is "max_tokens"
                && double.TryParse(part.AsSpan(separator + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var tokens))
                _budget = tokens;
        }
    }
}
