using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// litgpt's console (litgpt/pretrain.py) and older programs on Lightning Fabric: each line is a micro-batch, and those that end an
/// optimizer step are marked <c>(step)</c> or <c>(optimizer.step)</c>. A step's time is the mean of its lines times its micro-batches.
/// Memory in 10^9 bytes.
/// </summary>
internal sealed class LitgptReader : LogReader
{
    private double _milliseconds;
    private int _lines, _lastIter = -1;

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
        if (line.IndexOf("step)"u8) < 0)
            return;
        var accumulated = _lastIter >= 0 && iter > _lastIter ? iter - _lastIter : double.NaN;
        run.Step(new(line.CountAfter(" step "u8))
        {
            Rank = LineRank.Of(line),
            Seconds = (float)(_milliseconds / _lines * accumulated / 1000),
            Loss = (float)(line.IndexOf("loss train:"u8) >= 0 ? line.After("loss train:"u8) : line.After("loss"u8)),
            Clock = Wall(line, run),
        });
        run.Derived(RunField.GradAccum, accumulated);
        (_milliseconds, _lines, _lastIter) = (0, 0, iter);
    }

    private static void Header(ReadOnlySpan<byte> line, RunRecorder run)
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
        }
    }
}
