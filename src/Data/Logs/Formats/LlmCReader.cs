using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// llm.c's standard output (train_gpt2.cu): milliseconds of each step, a smoothed rate of all devices, a table of settings before. Older
/// versions and its reference in PyTorch (train_gpt2.py) print <c>train loss</c> and set the time in brackets; the first and the one for
/// processors have no rate (<c>(took 12.3 ms)</c>).
/// </summary>
internal sealed class LlmCReader : LogReader
{
    private const double Mebibyte = 1L << 20;

    private static readonly Dictionary<string, RunField> Rows = new(StringComparer.Ordinal)
    {
        ["micro batch size B"] = RunField.MicroBatch, ["sequence length T"] = RunField.SeqLen,
            ["total batch size"] = RunField.TokensPerStep,
        ["num_layers L"] = RunField.Layers, ["num_heads NH"] = RunField.Heads, ["channels C"] = RunField.DModel,
        ["padded_vocab_size Vp"] = RunField.Vocab, ["num_parameters"] = RunField.Parameters, ["num_processes"] = RunField.Gpus,
        ["train_num_batches"] = RunField.TotalSteps,
    };

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.LlmC;

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) =>
        line.IndexOf("step "u8) >= 0 && LossAt(line) >= 0 && MillisecondsAt(line) >= 0
        && (line.IndexOf("tok/s"u8) >= 0 || line.IndexOf("(took "u8) >= 0);

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (LossAt(line) is >= 0 and var loss && MillisecondsAt(line) is > 0 and var milliseconds)
        {
            if (run.InHeader)
                run.Fact(RunField.Stack, line.IndexOf("tok/s)"u8) >= 0 && line.IndexOf("| ("u8) >= 0 ? "llm.c train_gpt2.py" : "llm.c");
            run.Rate = RateKind.Tokens;
            var (step, rank) = (line.CountAfter("step "u8), RankOf(line, run));
            if (run.Passes(step, rank))
                return;
            run.Step(new(step)
            {
                Rank = rank,
                Seconds = (float)(NumberBefore(line, milliseconds) / 1000),
                Rate = (float)(line.IndexOf(" tok/s"u8) is > 0 and var rate ? NumberBefore(line, rate) : double.NaN),
                Loss = (float)line[loss..].After("loss "u8),
                Mfu = (float)(line.IndexOf("MFU"u8) is > 0 and var mfu && line[..mfu].LastIndexOf((byte)'%') is > 0 and var percent
                    ? NumberBefore(line, percent) / 100 : double.NaN),
                Clock = Wall(line, run),
            });
        }
        else if (line.IndexOf("val loss "u8) >= 0 || line.IndexOf("HellaSwag:"u8) >= 0)
            run.Event(RunEventKind.Evaluation);
        else if (line.IndexOf("Writing checkpoint"u8) >= 0 || line.IndexOf("Writing model"u8) >= 0)
            run.Event(RunEventKind.Checkpoint);
        else if (line.IndexOf("device memory usage:"u8) >= 0)
            run.Memory(MemoryKind.Device, line.After("usage:"u8) * Mebibyte);
        else if (line.IndexOf("peak memory consumption:"u8) >= 0)
            run.Memory(MemoryKind.Allocated, line.After("consumption:"u8) * Mebibyte);
        else if (run.InHeader && line.IndexOf("total desired batch size:"u8) >= 0)
            run.Fact(RunField.TokensPerStep, line.After("batch size:"u8));
        else if (run.InHeader && line.IndexOf("gradient accumulation steps:"u8) >= 0)
            run.Fact(RunField.GradAccum, line.After("steps:"u8));
        else if (line.StartsWith("| Parameter "u8))
            run.Event(RunEventKind.Restart);
        else if (run.InHeader && line.StartsWith("| "u8))
            Row(line, run);
        else if (run.InHeader && line.IndexOf("setting grad_accum_steps="u8) >= 0)
            run.Fact(RunField.GradAccum, line.After("grad_accum_steps="u8));
    }

    private static void Row(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var cells = Encoding.UTF8.GetString(line).Split('|', StringSplitOptions.TrimEntries);
        if (cells.Length < 3)
            return;
        if (Rows.TryGetValue(cells[1], out var field))
            run.Fact(field, Numbers.Leading(Encoding.UTF8.GetBytes(cells[2]), out _));
        switch (cells[1])
        {
            case "device":
                run.Fact(RunField.Gpu, cells[2]);
                break;
            case "precision" when cells[2] is "BF16" or "FP16" or "TF32" or "FP32":
                run.Fact(RunField.Precision, cells[2] is "BF16" ? "bf16-mixed" : cells[2].ToLowerInvariant());
                break;
            case "recompute":
                run.Fact(RunField.Recomputation, cells[2] is "0" ? "none" : "selective");
                break;
            case "zero_stage" when cells[2] is "1":
                run.Fact(RunField.Parallelism, "zero1");
                break;
            case "zero_stage":
                run.Fact(RunField.Parallelism, "ddp");
                break;
            case "peak TFlops":
                run.Fact(RunField.PeakFlops, Numbers.Leading(Encoding.UTF8.GetBytes(cells[2]), out _) * 1e12);
                break;
        }
    }

    private static int LossAt(ReadOnlySpan<byte> line) =>
        line.IndexOf("| loss "u8) is >= 0 and var at ? at : line.IndexOf(" train loss "u8);

    private static int MillisecondsAt(ReadOnlySpan<byte> line) => line.IndexOf(" ms "u8) is >= 0 and var at ? at
        : line.IndexOf(" ms,"u8) is >= 0 and var comma ? comma : line.IndexOf(" ms)"u8);

    private static double NumberBefore(ReadOnlySpan<byte> line, int end)
    {
        var text = line[..end].TrimEnd((byte)' ');
        return Numbers.Leading(text[(text.LastIndexOfAny((byte)' ', (byte)'(') + 1)..], out _);
    }
}

/// <summary>llm.c's <c>main.log</c>: losses without times.</summary>
internal sealed class LlmCMainLogReader : LogReader
{
    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.LlmCMainLog;

    /// <inheritdoc/>
    public override string Stack => "llm.c";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) => line.StartsWith("s:"u8)
        && (line.IndexOf(" trl:"u8) > 0 || line.IndexOf(" tel:"u8) > 0);

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        run.NoTimes = "llm.c-main-log";
        if (line.StartsWith("s:"u8) && line.IndexOf(" trl:"u8) > 0)
            run.Step(new(line.CountAfter("s:"u8)) { Loss = (float)line.After(" trl:"u8) });
        else if (line.IndexOf(" tel:"u8) > 0)
            run.Event(RunEventKind.Evaluation);
    }
}
