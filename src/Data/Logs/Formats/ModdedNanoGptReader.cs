using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// modded-nanogpt's log: the program's source, then its clock of training alone, in milliseconds (seconds in its first and in some later
/// records). Steps are its differences. The clock is set back after the first ten steps, and stands still while the run evaluates. Programs
/// grown from it tell batch and devices in lines <c>name:value</c>.
/// </summary>
internal sealed class ModdedNanoGptReader : LogReader
{
    private const double Mebibyte = 1L << 20;

    private readonly SourceConstants _source = new();

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.ModdedNanoGpt;

    /// <inheritdoc/>
    public override string Stack => "modded-nanogpt";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) =>
        line.StartsWith("step:"u8) && line.IndexOf("train_time:"u8) >= 0 && line.IndexOf("step_avg:"u8) >= 0;

    private static readonly (byte[] Key, RunField Field)[] Facts =
    [
        ("train_batch_tokens:"u8.ToArray(), RunField.TokensPerStep), ("train_seq_len:"u8.ToArray(), RunField.SeqLen),
        ("world_size:"u8.ToArray(), RunField.Gpus), ("grad_accum_steps:"u8.ToArray(), RunField.GradAccum),
        ("model_params:"u8.ToArray(), RunField.Parameters),
    ];

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("step:"u8) is >= 0 and var at && line.IndexOf("train_time:"u8) > at)
        {
            if (line.IndexOf("val_loss:"u8) >= 0)
                run.Event(RunEventKind.Evaluation);
            else
            {
                run.Clock = ClockKind.Training;
                run.Fact(RunField.TotalSteps, line.After("/"u8));
                run.Step(new(line.CountAfter("step:"u8))
                {
                    Rank = RankOf(line, run),
                    Loss = (float)(line.IndexOf("| loss "u8) >= 0 ? line.After("| loss "u8) : line.After("train_loss:"u8)),
                    Clock = Seconds(line),
                });
            }
        }
        else if (line.StartsWith("step:"u8) && line.IndexOf("val_loss"u8) > 0)
            run.Event(RunEventKind.Evaluation);
        else if (line.IndexOf("peak memory"u8) >= 0)
        {
            run.Memory(MemoryKind.Allocated,
                (line.IndexOf("allocated:"u8) >= 0 ? line.After("allocated:"u8) : line.After("consumption:"u8)) * Mebibyte);
            run.Memory(MemoryKind.Reserved, line.After("reserved:"u8) * Mebibyte);
        }
        else if (run.InHeader)
        {
            _source.Read(line);
            foreach (var (key, field) in Facts)
                run.Fact(field, line.After(key));
        }
    }

    /// <summary>The clock, with its unit after the number.</summary>
    private static double Seconds(ReadOnlySpan<byte> line)
    {
        var text = line[(line.IndexOf("train_time:"u8) + 11)..];
        var time = Numbers.Leading(text, out var length);
        return text[length..].StartsWith("s"u8) ? time : time / 1000;
    }

    /// <inheritdoc/>
    public override void End(RunRecorder run)
    {
        if (_source.Of("num_iterations") is { } steps)
            run.Fact(RunField.TotalSteps, steps);
        var sequence = _source.Of("sequence_length") ?? _source.Of("train_seq_len") ?? _source.Of("train_max_seq_len")
            ?? _source.Of("seq_len");
        if (_source.IsList("train_bs_schedule") || _source.HasStages)
            run.Caveat(RunCaveat.BatchChanges, 1);
        if (_source.Of("train_batch_size") is { } tokens)
            run.Fact(RunField.TokensPerStep, tokens);
        if (sequence is { } length)
            run.Fact(RunField.SeqLen, length);
        if (_source.Of("device_batch_size") is { } micro)
            run.Fact(RunField.MicroBatch, micro);
        if (_source.Of("batch_size") is { } batch && sequence is not null)
            run.Fact(RunField.GlobalBatch, batch);
    }
}
