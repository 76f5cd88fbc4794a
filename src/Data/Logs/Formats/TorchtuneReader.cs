using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// torchtune's log file and console (torchtune/training/metric_logging.py), <c>Step 410 | loss:1.2 tokens_per_second_per_gpu:5123.4</c>:
/// the rate of the one step that is printed and of tokens that bear a loss, so of all tokens only where nothing is masked. Memory in units
/// of 2^30 bytes, in its first versions 10^9, as the line after the model's start says. The resolved configuration stands before as YAML;
/// of its length only packed data make use.
/// </summary>
internal sealed class TorchtuneReader : LogReader
{
    private double _unit = 1L << 30;
    private bool _isPacked;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Torchtune;

    /// <inheritdoc/>
    public override string Stack => "torchtune";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) =>
        line.IndexOf("Step "u8) >= 0 && line.IndexOf(" | loss:"u8) >= 0 && line.IndexOf("tokens_per_second_per_gpu:"u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (Tells(line))
            Step(line, run);
        else if (line.IndexOf(" | val_loss:"u8) >= 0 || line.IndexOf("Running validation"u8) >= 0)
            run.Event(RunEventKind.Evaluation);
        else if (line.IndexOf("heckpoint saved"u8) >= 0 || line.IndexOf("saved to "u8) >= 0)
            run.Event(RunEventKind.Checkpoint);
        else if (line.IndexOf("GPU peak memory "u8) >= 0)
            _unit = line.IndexOf("GiB"u8) >= 0 ? 1L << 30 : 1e9;
        else if (run.InHeader && line.IndexOf(": "u8) is > 0 and var colon && line.Length < 200)
            Setting(Encoding.UTF8.GetString(line[..colon]).Trim(), Encoding.UTF8.GetString(line[(colon + 2)..]).Trim(), run);
    }

    private void Step(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var (step, rank) = (line.CountAfter("Step "u8), RankOf(line, run));
        run.Rate = RateKind.TokensPerGpu;
        run.Memory(MemoryKind.Allocated, line.After("peak_memory_alloc:"u8) * _unit);
        run.Memory(MemoryKind.Reserved, line.After("peak_memory_reserved:"u8) * _unit);
        run.Caveat(RunCaveat.OnlyLossTokens, 1);
        if (run.Passes(step, rank))
            return;
        run.Step(new(step)
        {
            Rank = rank,
            Rate = (float)line.After("tokens_per_second_per_gpu:"u8),
            Loss = (float)line.After(" loss:"u8),
            Clock = Wall(line, run),
        });
    }

    private void Setting(string key, string value, RunRecorder run)
    {
        _isPacked |= key == "packed" && value is "true" or "True";
        switch (key)
        {
            case "batch_size":
                ConfigKeys.Read("micro_batch_size", value, run.Fact);
                break;
            case "max_seq_len" when _isPacked:
                ConfigKeys.Read("seq_len", value, run.Fact);
                break;
            case "enable_activation_checkpointing":
                ConfigKeys.Read("activation_checkpointing", value, run.Fact);
                break;
            case "dtype":
                run.Fact(RunField.Precision, value is "bf16" ? "bf16-pure" : value);
                break;
            case "gradient_accumulation_steps" or "compile" or "enable_activation_offloading":
                ConfigKeys.Read(key, value, run.Fact);
                break;
        }
    }
}
