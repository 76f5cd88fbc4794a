using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// Megatron-LM's console (megatron/training/training.py) and of programs that print as it does: milliseconds of a step (seconds in some
/// forks) as the mean of the interval, the global batch in sequences; the sequence length in the dump of arguments. Memory in units of 2^20
/// bytes; Megatron-Bridge tells it in 10^9. GPT-NeoX prints sequences per second in place of the batch.
/// </summary>
internal sealed class MegatronReader : LogReader
{
    private const double Mebibyte = 1L << 20;

    private MegatronArguments? _arguments;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Megatron;

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) => TimeAt(line) >= 0 && line.IndexOf("iteration "u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (TimeAt(line) is >= 0 and var time)
            Step(line, time, run);
        else if (line.IndexOf("validation loss at"u8) >= 0 || line.IndexOf("validation results at"u8) >= 0)
            run.Event(RunEventKind.Evaluation);
        else if (line.IndexOf("saving checkpoint"u8) >= 0 || line.IndexOf("saved checkpoint"u8) >= 0)
            run.Event(RunEventKind.Checkpoint);
        else if (line.IndexOf("max allocated:"u8) >= 0)
        {
            run.Memory(MemoryKind.Allocated, line.After("max allocated:"u8) * Mebibyte);
            run.Memory(MemoryKind.Reserved, line.After("max reserved:"u8) * Mebibyte);
        }
        else if (line.IndexOf("mem-max-"u8) >= 0)
        {
            run.Memory(MemoryKind.Allocated, line.After("mem-max-allocated-gigabytes:"u8) * 1e9);
            run.Memory(MemoryKind.Reserved, line.After("mem-max-reserved-gigabytes:"u8) * 1e9);
            run.Caveat(RunCaveat.AllocationRetries, line.After("mem-alloc-retires:"u8));
        }
        else if (line.IndexOf("- arguments -"u8) >= 0)
        {
            _arguments = new();
            run.Event(RunEventKind.Restart);
        }
        else if (line.IndexOf("- end of arguments -"u8) >= 0)
        {
            _arguments?.End(run);
            _arguments = null;
        }
        else if (_arguments is not null)
            _arguments.Read(line, run);
        else if (line.IndexOf("...: ("u8) > 0 || line.IndexOf("time (ms) |"u8) >= 0)
            PhaseTimes.Read(line, run);
        else if (run.InHeader && line.IndexOf("using world size:"u8) >= 0)
            run.Fact(RunField.Gpus, line.After("world size:"u8));
    }

    private static int TimeAt(ReadOnlySpan<byte> line) => line.IndexOf("elapsed time per iteration ("u8);

    private static void Step(ReadOnlySpan<byte> line, int time, RunRecorder run)
    {
        var step = line[..time].CountAfter("iteration "u8);
        if (step < 0)
            return;
        var batch = line.After("global batch size:"u8);
        if (line.IndexOf("actual seqlen:"u8) >= 0)
            run.Fact(RunField.SeqLen, line.After("actual seqlen:"u8));
        if (double.IsNaN(batch))
            batch = PrintedBatch.Of(line, "samples/sec:"u8, Seconds(line));
        var perGpu = line.IndexOf("tokens per gpu per second (tgs):"u8) >= 0 ? line.After("(tgs):"u8) : line.After("(Tok/s/GPU):"u8);
        if (run.InHeader)
            run.Fact(RunField.Stack, line.IndexOf("(tgs)"u8) >= 0 ? "megatron-deepspeed"
                : line.IndexOf("approx flops per GPU:"u8) >= 0 ? "gpt-neox" : "Megatron-LM");
        if (perGpu > 0)
            run.Rate = RateKind.TokensPerGpu;
        run.Tokens(step, line.After("consumed tokens:"u8));
        run.Samples(step, line.After("consumed samples:"u8));
        run.Step(new(step)
        {
            Rank = RankOf(line, run),
            Seconds = (float)Seconds(line),
            Rate = (float)perGpu,
            Loss = (float)(line.IndexOf("lm_loss:"u8) >= 0 ? line.After("lm_loss:"u8) : line.After("lm loss:"u8)),
            Batch = (float)batch,
            Clock = Wall(line, run),
        });
    }

    private static double Seconds(ReadOnlySpan<byte> line) => line.IndexOf("per iteration (s):"u8) >= 0
        ? line.After("per iteration (s):"u8) : line.After("per iteration (ms):"u8) / 1000;
}
