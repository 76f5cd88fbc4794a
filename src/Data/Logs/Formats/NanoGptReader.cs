using System.Text;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// nanoGPT's console (train.py): the time is that of one whole step with all its accumulation, printed each tenth step; a step that
/// evaluates holds the evaluation. Its MFU is against one fixed peak whatever the device.
/// </summary>
internal sealed class NanoGptReader : LogReader
{
    private static readonly (string Key, string Name)[] Renamed = [("batch_size", "micro_batch_size"), ("block_size", "block_size")];

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.NanoGpt;

    /// <inheritdoc/>
    public override string Stack => "nanoGPT";

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) =>
        line.IndexOf("iter "u8) >= 0 && line.IndexOf(": loss "u8) >= 0 && line.IndexOf(", time "u8) >= 0 && line.IndexOf("ms"u8) > 0;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf(": loss "u8) >= 0 && line.IndexOf(", time "u8) >= 0)
        {
            var (step, rank) = (line.CountAfter("iter "u8), RankOf(line, run));
            if (run.Passes(step, rank))
                return;
            run.Step(new(step)
            {
                Rank = rank,
                Seconds = (float)(line.After(", time "u8) / 1000),
                Loss = (float)line.After(": loss "u8),
                Mfu = (float)(line.After("mfu "u8) / 100),
                Clock = Wall(line, run),
            });
        }
        else if (line.IndexOf(": train loss "u8) >= 0 && line.IndexOf("val loss"u8) >= 0)
            run.Event(RunEventKind.Evaluation);
        else if (line.IndexOf("saving checkpoint to"u8) >= 0)
            run.Event(RunEventKind.Checkpoint);
        else if (line.IndexOf("compiling the model"u8) >= 0)
        {
            run.Fact(RunField.Compile, "true");
            run.Event(RunEventKind.Compilation);
        }
        else if (line.IndexOf("tokens per iteration will be:"u8) >= 0)
        {
            run.Event(RunEventKind.Restart);
            run.Fact(RunField.TokensPerStep, line.After("will be:"u8));
        }
        else if (run.InHeader)
            Header(line, run);
    }

    private static void Header(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("number of parameters:"u8) >= 0)
            run.Fact(RunField.Parameters, line.After("parameters:"u8) * 1e6);
        var text = Encoding.UTF8.GetString(line).AsSpan();
        if (text.StartsWith("Overriding: "))
            text = text["Overriding: ".Length..];
        Setting(text, run);
    }

    /// <summary>A line of the configuration that is printed: <c>batch_size = 12</c>, perhaps with a comment.</summary>
    private static void Setting(ReadOnlySpan<char> text, RunRecorder run)
    {
        var equals = text.IndexOf('=');
        if (equals <= 0 || text[..equals].Trim().ContainsAny(' ', '('))
            return;
        var value = text[(equals + 1)..];
        var comment = value.IndexOf('#');
        if (comment >= 0)
            value = value[..comment];
        var key = text[..equals].Trim().ToString();
        if (key is "gradient_accumulation_steps")
            return;
        foreach (var (from, to) in Renamed)
            if (key == from)
                key = to;
        ConfigKeys.Read(key, value, run.Fact);
    }
}
