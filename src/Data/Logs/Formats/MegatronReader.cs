using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// Megatron-LM's console (megatron/training/training.py) and of programs that print as it does: milliseconds of a step as the mean of the
/// interval, the global batch in sequences; the sequence length in the dump of arguments. Memory in units of 2^20 bytes.
/// </summary>
internal sealed class MegatronReader : LogReader
{
    private const double Mebibyte = 1L << 20;

    private bool _inArguments;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Megatron;

    /// <inheritdoc/>
    public override string Stack => "Megatron-LM";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) => line.IndexOf("elapsed time per iteration (ms):"u8) >= 0
        && line.IndexOf("iteration "u8) >= 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("elapsed time per iteration (ms):"u8) is >= 0 and var time)
            Step(line, time, run);
        else if (line.IndexOf("validation loss at"u8) >= 0)
            run.Event(RunEventKind.Evaluation);
        else if (line.IndexOf("saving checkpoint"u8) >= 0 || line.IndexOf("saved checkpoint"u8) >= 0)
            run.Event(RunEventKind.Checkpoint);
        else if (line.IndexOf("max allocated:"u8) >= 0)
        {
            run.Memory(MemoryKind.Allocated, line.After("max allocated:"u8) * Mebibyte);
            run.Memory(MemoryKind.Reserved, line.After("max reserved:"u8) * Mebibyte);
        }
        else if (line.IndexOf("- arguments -"u8) >= 0)
        {
            _inArguments = true;
            run.Event(RunEventKind.Restart);
        }
        else if (line.IndexOf("- end of arguments -"u8) >= 0)
            _inArguments = false;
        else if (_inArguments)
            Argument(line, run);
        else if (run.InHeader && line.IndexOf("using world size:"u8) >= 0)
            run.Fact(RunField.Gpus, line.After("world size:"u8));
    }

    private static void Step(ReadOnlySpan<byte> line, int time, RunRecorder run)
    {
        var step = line[..time].CountAfter("iteration "u8);
        if (step < 0)
            return;
        var batch = line.After("global batch size:"u8);
        var perGpu = line.IndexOf("tokens per gpu per second (tgs):"u8) >= 0 ? line.After("(tgs):"u8) : line.After("(Tok/s/GPU):"u8);
        if (perGpu > 0)
            run.Rate = RateKind.TokensPerGpu;
        run.Tokens(step, line.After("consumed tokens:"u8));
        run.Samples(step, line.After("consumed samples:"u8));
        run.Step(new(step)
        {
            Rank = LineRank.Of(line),
            Seconds = (float)(line.After("per iteration (ms):"u8) / 1000),
            Rate = (float)perGpu,
            Loss = (float)line.After("lm loss:"u8),
            Batch = (float)batch,
            Clock = Wall(line, run),
        });
    }

    /// <summary><c>  num_layers ...................................... 24</c>.</summary>
    private static void Argument(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var dots = line.IndexOf(" .."u8);
        if (dots <= 0)
            return;
        var key = line[..dots];
        key = key[(key.LastIndexOf((byte)' ') + 1)..];
        ConfigKeys.Read(Encoding.UTF8.GetString(key), Encoding.UTF8.GetString(line[(dots + 1)..].TrimStart((byte)'.')), run.Fact);
    }
}
