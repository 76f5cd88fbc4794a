using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// NeMo's console: fields with a colon between bars (version 2) or with an equals sign in a progress bar (version 1). Seconds of a step,
/// memory in bytes; which fields there are varies.
/// </summary>
internal sealed class NemoReader : LogReader
{
    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Nemo;

    /// <inheritdoc/>
    public override string Stack => "nemo";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) => line.IndexOf("train_step_timing in s"u8) >= 0
        && line.IndexOf("global_step"u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("train_step_timing in s"u8) >= 0)
            Step(line, run);
        else if (line.IndexOf("Validation: iteration"u8) >= 0 || line.IndexOf("Validation DataLoader"u8) >= 0)
            run.Event(RunEventKind.Evaluation);
        else if (line.IndexOf("checkpoint"u8) >= 0 && (line.IndexOf("saved"u8) >= 0 || line.IndexOf("Saved"u8) >= 0))
            run.Event(RunEventKind.Checkpoint);
    }

    private static void Step(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var step = Numbers.Whole(Field(line, "global_step"u8));
        if (step < 0)
            return;
        var perGpu = Field(line, "tokens_per_sec_per_gpu"u8);
        if (perGpu > 0)
            run.Rate = RateKind.TokensPerGpu;
        run.Memory(MemoryKind.Reserved, Field(line, "max_memory_reserved"u8));
        run.Memory(MemoryKind.Allocated, Field(line, "max_memory_allocated"u8));
        run.Memory(MemoryKind.Allocated, Field(line, "peak_memory_usage"u8));
        run.Samples(step, Field(line, "consumed_samples"u8));
        var batch = Field(line, "global_batch_size"u8);
        run.Fact(RunField.GlobalBatch, batch);
        run.Step(new(step)
        {
            Rank = RankOf(line, run),
            Seconds = (float)Field(line, "train_step_timing in s"u8),
            Rate = (float)perGpu,
            Loss = (float)Field(line, "reduced_train_loss"u8),
            Batch = (float)batch,
            Clock = Wall(line, run),
        });
    }

    private static double Field(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        var at = line.IndexOf(name);
        return at < 0 || at + name.Length >= line.Length || line[at + name.Length] is not ((byte)':' or (byte)'=') ? double.NaN
            : Numbers.Leading(line[(at + name.Length + 1)..], out _);
    }
}
