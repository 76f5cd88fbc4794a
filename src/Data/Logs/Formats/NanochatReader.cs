using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// nanochat's console (scripts/base_train.py). The time of a step is taken and not its rate: versions before November 2025 leave
/// accumulation out of <c>tok/sec</c>. Peak memory is what PyTorch allocated, in MiB. build-nanogpt (train_gpt2.py) prints lines of the
/// same form without <c>mfu</c> and total time, and its rate counts all.
/// </summary>
internal sealed class NanochatReader : LogReader
{
    private const double Mebibyte = 1L << 20;

    private double _perRank;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Nanochat;

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) =>
        line.IndexOf("step "u8) >= 0 && line.IndexOf("| loss:"u8) >= 0 && line.IndexOf("| dt:"u8) >= 0 && line.IndexOf("tok/sec:"u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("| dt:"u8) >= 0)
        {
            var (step, rank) = (line.CountAfter("step "u8), RankOf(line, run));
            if (run.Passes(step, rank))
                return;
            var mfu = line.After("mfu:"u8);
            var isNanochat = line.IndexOf("total time:"u8) >= 0;
            if (run.InHeader)
                run.Fact(RunField.Stack, isNanochat ? "nanochat" : "build-nanogpt (PyTorch)");
            run.Rate = RateKind.Tokens;
            run.RateCountsAll = !isNanochat;
            if (isNanochat)
                run.Clock = ClockKind.Training;
            run.Step(new(step)
            {
                Rank = rank,
                Seconds = (float)(line.After("| dt:"u8) / 1000),
                Rate = (float)line.After("tok/sec:"u8),
                Loss = (float)line.After("| loss:"u8),
                Mfu = (float)(mfu / 100),
                Clock = line.After("total time:"u8) * 60,
            });
        }
        else if (line.StartsWith("validation loss:"u8) || line.StartsWith("HellaSwag accuracy:"u8))
            run.Event(RunEventKind.Evaluation);
        else if (line.IndexOf("| Validation bpb:"u8) >= 0 || line.IndexOf("| CORE metric:"u8) >= 0)
            run.Event(RunEventKind.Evaluation);
        else if (line.IndexOf("Peak memory usage:"u8) >= 0)
            run.Memory(MemoryKind.Allocated, line.After("usage:"u8) * Mebibyte);
        else if (line.IndexOf("Saved model"u8) >= 0 || line.IndexOf("Saved optimizer"u8) >= 0)
            run.Event(RunEventKind.Checkpoint);
        else if (line.IndexOf("Vocab size:"u8) >= 0)
        {
            run.Event(RunEventKind.Restart);
            run.Fact(RunField.Vocab, line.After("Vocab size:"u8));
        }
        else if (run.InHeader)
            Header(line, run);
    }

    private void Header(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("total desired batch size:"u8) >= 0)
            run.Fact(RunField.TokensPerStep, line.After("batch size:"u8));
        else if (line.IndexOf("calculated gradient accumulation steps:"u8) >= 0)
            run.Fact(RunField.GradAccum, line.After("steps:"u8));
        else if (line.IndexOf("Total batch size "u8) >= 0)
        {
            run.Fact(RunField.TokensPerStep, line.After("Total batch size "u8));
            run.Fact(RunField.GradAccum, line.After("accumulation steps:"u8));
        }
        else if (line.IndexOf("Tokens / micro-batch / rank:"u8) is >= 0 and var rank)
        {
            var shape = line[(rank + 28)..];
            run.Fact(RunField.MicroBatch, Numbers.Leading(shape, out _));
            run.Fact(RunField.SeqLen, shape.After("x "u8));
            _perRank = shape.After("= "u8);
        }
        else if (line.IndexOf("Tokens / micro-batch:"u8) >= 0 && _perRank > 0)
            run.Derived(RunField.Gpus, Math.Round(line.After("micro-batch:"u8) / _perRank));
        else if (line.IndexOf("Number of parameters:"u8) >= 0)
            run.Fact(RunField.Parameters, line.After("parameters:"u8));
        else if (line.StartsWith("total "u8) && line.IndexOf(": "u8) > 0)
            run.Fact(RunField.Parameters, line.After(": "u8));
        else if (line.IndexOf("FP8 training enabled"u8) >= 0)
            run.Fact(RunField.Precision, "fp8");
        else if (line.IndexOf("COMPUTE_DTYPE: "u8) is >= 0 and var format)
            ConfigKeys.Read("dtype", Encoding.UTF8.GetString(line[(format + 15)..]).Split(' ')[0], run.Derived);
        else if (line.IndexOf("Using Flash Attention "u8) >= 0)
            run.Fact(RunField.Attention, "flash");
        else if (line.IndexOf("using PyTorch SDPA fallback"u8) >= 0 || line.IndexOf("Using PyTorch SDPA fallback"u8) >= 0)
            run.Fact(RunField.Attention, "sdpa");
        else if (line.IndexOf("Distributed world size:"u8) >= 0)
            run.Fact(RunField.Gpus, line.After("size:"u8));
        else if (line.StartsWith("GPU: "u8))
        {
            var end = line.IndexOf(" |"u8);
            run.Fact(RunField.Gpu, Encoding.UTF8.GetString(line[5..(end < 5 ? line.Length : end)]));
            run.Fact(RunField.PeakFlops, line.After("(BF16):"u8));
        }
        else if (line.IndexOf((byte)':') is > 0 and var colon && line.Length < 120)
            ConfigKeys.Read(Encoding.UTF8.GetString(line[..colon]), Encoding.UTF8.GetString(line[(colon + 1)..].TrimEnd((byte)',')),
                run.Fact);
    }
}
