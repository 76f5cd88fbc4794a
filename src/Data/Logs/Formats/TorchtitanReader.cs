using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// torchtitan's console (torchtitan/components/metrics.py and train.py). The rate is that of one device over the window since the last
/// line; older versions call it <c>wps</c>. Memory is the peak reserved, in GiB.
/// </summary>
internal sealed class TorchtitanReader : LogReader
{
    private const double Gibibyte = 1L << 30;

    private readonly TorchtitanSettings _settings = new();

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Torchtitan;

    /// <inheritdoc/>
    public override string Stack => "torchtitan";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) =>
        line.IndexOf("step:"u8) >= 0 && line.IndexOf("loss:"u8) >= 0 && RateAt(line) >= 0 && line.IndexOf("memory:"u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (run.InHeader && _settings.Takes(line, run))
            return;
        var at = line.IndexOf("step:"u8);
        if (at >= 0 && RateAt(line) is >= 0 and var rate)
        {
            if (at >= 9 && line[(at - 9)..at].SequenceEqual("validate "u8))
                run.Event(RunEventKind.Evaluation, Wall(line, run));
            else
                Step(line[at..], line, rate, run);
        }
        else if (line.IndexOf("checkpoint"u8) >= 0)
            Checkpoint(line, run);
        else if (line.IndexOf("memory allocation retries"u8) is > 0 and var retries)
            run.Caveat(RunCaveat.AllocationRetries,
                Numbers.Leading(line[(line[..retries].TrimEnd((byte)' ').LastIndexOf(" - "u8) + 3)..], out _));
        else if (line.IndexOf("OutOfMemoryError"u8) >= 0)
            run.Event(RunEventKind.OutOfMemory, Wall(line, run));
        else if (line.IndexOf("Training starts at step"u8) >= 0)
        {
            if (RankOf(line, run) <= 0)
                run.Event(RunEventKind.Restart);
            Header(line, run);
        }
        else if (run.InHeader)
            Header(line, run);
    }

    /// <inheritdoc/>
    public override bool IsCopy(ReadOnlySpan<byte> raw, RunRecorder run)
    {
        if (!raw.StartsWith("[rank"u8) || raw.IndexOf("step:"u8) is not (> 9 and var at) || raw[at - 2] == (byte)'e')
            return false;
        var step = Numbers.Count(raw[(at + 5)..]);
        var rest = raw[at..];
        if (step < 0 || !run.Knows(step, Numbers.Count(raw[5..])) || rest.IndexOf("memory:"u8) is not (> 0 and var memory))
            return false;
        var gibibytes = Numbers.Leading(rest[(memory + 7)..], out var length);
        if (!rest[(memory + 7 + length)..].StartsWith("GiB"u8))
            return false;
        run.Memory(MemoryKind.Reserved, gibibytes * Gibibyte);
        return true;
    }

    private static int RateAt(ReadOnlySpan<byte> line) => line.IndexOf("tps:"u8) is >= 0 and var at ? at : line.IndexOf("wps:"u8);

    private static void Step(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> line, int rate, RunRecorder run)
    {
        var step = fields.CountAfter("step:"u8);
        if (step < 0)
            return;
        run.Rate = RateKind.TokensPerGpu;
        run.Memory(MemoryKind.Reserved, fields.After("memory:"u8) * Gibibyte);
        var rank = RankOf(line, run);
        if (run.Knows(step, rank) || run.Passes(step, rank))
            return;
        run.Step(new(step)
        {
            Rank = rank,
            Rate = (float)Numbers.Leading(line[(rate + 4)..], out _),
            Loss = (float)LossOf(fields),
            Mfu = (float)(fields.After("mfu:"u8) / 100),
            Clock = Wall(line, run),
        });
    }

    /// <summary>Ranks whose pipeline stage has no loss print a negative number.</summary>
    private static double LossOf(ReadOnlySpan<byte> fields) => fields.After("loss:"u8) is >= 0 and var loss ? loss : double.NaN;

    private static void Checkpoint(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("activation checkpointing"u8) >= 0)
            Header(line, run);
        else if (line.IndexOf("Saving the checkpoint"u8) >= 0 || line.IndexOf("Finished saving the checkpoint"u8) >= 0
            || line.IndexOf("Saving a full checkpoint"u8) >= 0)
            run.Event(RunEventKind.Checkpoint, Wall(line, run), line.After("checkpoint in "u8));
    }

    private static void Header(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf(" capacity: "u8) is >= 0 and var device)
        {
            var name = line[(device + 11)..];
            if (name.IndexOf(" with "u8) is > 0 and var end)
            {
                run.Fact(RunField.Gpu, Encoding.UTF8.GetString(name[..end]));
                run.Fact(RunField.GpuMemoryGib, name.After(" with "u8));
            }
        }
        if (line.IndexOf(" size: "u8) >= 0 && line.IndexOf("total parameters"u8) >= 0)
            Model(line, run);
        if (line.IndexOf("local batch size"u8) >= 0)
        {
            run.Fact(RunField.MicroBatch, line.After("local batch size "u8));
            run.Fact(RunField.GlobalBatch, line.After("global batch size "u8));
            run.Fact(RunField.GradAccum, line.After("gradient accumulation steps "u8));
            run.Fact(RunField.SeqLen, line.After("sequence length "u8));
            run.Fact(RunField.TotalSteps, line.After("total steps "u8));
        }
        if (line.IndexOf("tokens per train step"u8) is > 0 and var tokens)
            run.Fact(RunField.TokensPerStep, LastNumber(line[..tokens]));
        if (line.IndexOf("Peak FLOPS used for computing MFU:"u8) >= 0)
            run.Fact(RunField.PeakFlops, line.After("computing MFU:"u8));
        TorchtitanHeader.Read(line, run);
    }

    private static void Model(ReadOnlySpan<byte> line, RunRecorder run)
    {
        run.Fact(RunField.Parameters, line.After(" size: "u8));
        var start = line.IndexOf("Model "u8);
        var end = line.IndexOf(" size: "u8);
        if (start >= 0 && end > start + 6)
            run.Fact(RunField.Model, Encoding.UTF8.GetString(line[(start + 6)..end]));
    }

    private static double LastNumber(ReadOnlySpan<byte> text) =>
        Numbers.Leading(text[(text.TrimEnd((byte)' ').LastIndexOf((byte)' ') + 1)..], out _);
}
