using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// What programs on the Hugging Face Trainer say of the run: the Trainer's own block, Unsloth's banner, PEFT's count of trained parameters,
/// the arguments that example scripts print (<c>TrainingArguments(</c> and a line <c>name=value,</c> for each), the model's configuration
/// as JSON, and the memory that axolotl logs.
/// </summary>
internal sealed class HuggingFaceHeader
{
    private const double Gibibyte = 1L << 30;

    private static readonly string[] OfModel =
    [
        "hidden_size", "n_embd", "num_hidden_layers", "n_layer", "num_attention_heads", "n_head", "num_key_value_heads",
        "intermediate_size", "vocab_size", "tie_word_embeddings",
    ];

    private readonly PrintedSettings _model = new();
    private bool _inArguments;

    /// <summary>Takes a line that is no progress bar.</summary>
    public void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (_model.IsOpen && line.StartsWith("[INFO|"u8))
            _model.Close();
        if (_model.IsOpen)
            Model(line, run);
        else if (line.IndexOf("Model config "u8) >= 0 && line.EndsWith("{"u8))
            Model(line[^1..], run);
        else if (line.IndexOf("Training/evaluation parameters "u8) >= 0)
            _inArguments = true;
        else if (_inArguments)
            Argument(line, run);
        else if (line.IndexOf(" = "u8) > 0)
            Block(line, run);
        else if (line.StartsWith("trainable params: "u8))
            Trained(line.After("trainable params: "u8), line.After("all params: "u8), run);
    }

    /// <summary>The peaks that axolotl puts among a step's metrics, in units of 2^30 bytes.</summary>
    public static void Memory(Func<string, double> metric, RunRecorder run)
    {
        foreach (var (name, kind) in Peaks)
            run.Memory(kind, metric(name) * Gibibyte);
    }

    private static readonly (string Name, MemoryKind Kind)[] Peaks =
    [
        ("memory/max_active (GiB)", MemoryKind.Allocated), ("memory/device_reserved (GiB)", MemoryKind.Device),
    ];

    /// <summary>The count of all tokens so far by a step's metrics: the Trainer's, TRL's or axolotl's.</summary>
    public static double Tokens(Func<string, double> metric)
    {
        foreach (var name in (ReadOnlySpan<string>)["num_input_tokens_seen", "num_tokens", "tokens/total"])
            if (metric(name) is > 0 and var tokens)
                return tokens;
        return double.NaN;
    }

    private void Model(ReadOnlySpan<byte> text, RunRecorder run) => _model.Read(Encoding.UTF8.GetString(text), (path, value) =>
    {
        if (OfModel.Contains(path, StringComparer.Ordinal))
            ConfigKeys.Read(path, value, run.Fact);
    });

    private void Argument(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var equals = line.IndexOf((byte)'=');
        _inArguments = !line.StartsWith(")"u8) && (equals > 0 || line.EndsWith("("u8) || line.EndsWith(","u8) || line.EndsWith("}"u8));
        if (!_inArguments || equals <= 0 || line[..equals].Contains((byte)' '))
            return;
        var value = Encoding.UTF8.GetString(line[(equals + 1)..].TrimEnd(","u8));
        ConfigKeys.Read(Encoding.UTF8.GetString(line[..equals]), value.Replace("OptimizerNames.", "", StringComparison.Ordinal), run.Fact);
    }

    private static void Block(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("Instantaneous batch size per device ="u8) >= 0)
            run.Fact(RunField.MicroBatch, line.After("device ="u8));
        else if (line.IndexOf("Total train batch size"u8) >= 0)
            run.Fact(RunField.GlobalBatch, line.After(") ="u8));
        else if (line.IndexOf("Gradient Accumulation steps ="u8) >= 0)
            run.Fact(RunField.GradAccum, line.After("steps ="u8));
        else if (line.IndexOf("Total optimization steps ="u8) >= 0)
            run.Fact(RunField.TotalSteps, line.After("steps ="u8));
        else if (line.IndexOf("Number of trainable parameters ="u8) >= 0)
            run.Fact(RunField.Parameters, line.After("parameters ="u8));
        else
            Unsloth(line, run);
    }

    private static void Unsloth(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("Total steps = "u8) >= 0)
            run.Fact(RunField.TotalSteps, line.After("Total steps = "u8));
        else if (line.IndexOf("Batch size per device = "u8) >= 0)
        {
            run.Fact(RunField.MicroBatch, line.After("device = "u8));
            run.Fact(RunField.GradAccum, line.After("ccumulation steps = "u8));
        }
        else if (line.IndexOf("Data Parallel GPUs = "u8) >= 0)
        {
            run.Fact(RunField.Gpus, line.After("GPUs = "u8));
            run.Fact(RunField.GlobalBatch, line.After(") = "u8));
        }
        else if (line.IndexOf("Trainable parameters = "u8) is >= 0 and var count)
            Trained(line[count..].After("parameters = "u8),
                line.IndexOf(" of "u8) >= 0 ? line.After(" of "u8) : line[(count + 23)..].After("/"u8), run);
        else if (line.IndexOf("Num GPUs = "u8) is > 0 and var gpus && line.IndexOf("Max memory"u8) > gpus)
            Device(line[..gpus], run);
    }

    /// <summary><c>/|    NVIDIA X100 80GB. Num GPUs = 1. Max memory: …</c>, in older versions with <c>GPU:</c> before the name.</summary>
    private static void Device(ReadOnlySpan<byte> banner, RunRecorder run)
    {
        var name = banner[(Math.Max(banner.IndexOf("/|"u8) + 2, banner.IndexOf("GPU: "u8) + 5))..].Trim(" ."u8);
        if (name.Length > 2)
            run.Fact(RunField.Gpu, Encoding.UTF8.GetString(name));
    }

    private static void Trained(double trained, double all, RunRecorder run)
    {
        run.Fact(RunField.Parameters, all);
        if (trained < all * 0.99)
            run.Caveat(RunCaveat.PartlyTrained, trained / all);
    }
}
