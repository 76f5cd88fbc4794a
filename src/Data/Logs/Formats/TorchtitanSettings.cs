using System.Globalization;
using System.Text;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// The configuration that torchtitan prints where it is asked to (<c>Running with args: {'job': …</c>, since 2026
/// <c>Running with configs:</c> and JSON over many lines), and the model's arguments where they are JSON
/// (<c>Building llama3 8B with {</c>). What the run really did is told in other lines, so the number format is the weaker word here.
/// </summary>
internal sealed class TorchtitanSettings
{
    private readonly PrintedSettings _printed = new();
    private bool _isModel;
    private int _rank;

    /// <summary>Takes a line of it; false for any other.</summary>
    public bool Takes(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (_printed.IsOpen && line.IndexOf("[titan]"u8) >= 0 && run.Rank == _rank)
            _printed.Close();
        if (_printed.IsOpen)
        {
            if (run.Rank == _rank)
                Read(line, run);
            return line.IndexOf("[titan]"u8) < 0;
        }
        _isModel = line.IndexOf("Building "u8) >= 0;
        var start = line.IndexOf("Running with args: {"u8) is >= 0 and var args ? args
            : line.IndexOf("Running with configs: {"u8) is >= 0 and var configs ? configs
            : _isModel ? line.IndexOf(" with {"u8) : -1;
        if (start < 0)
            return false;
        _rank = run.Rank;
        Read(line[(start + line[start..].IndexOf((byte)'{'))..], run);
        return true;
    }

    private void Read(ReadOnlySpan<byte> text, RunRecorder run) =>
        _printed.Read(Encoding.UTF8.GetString(text), (path, value) => Tell(path, value, run));

    private void Tell(string path, string value, RunRecorder run)
    {
        if (_isModel)
            Model(path, value, run);
        else if (path.EndsWith("mixed_precision_param", StringComparison.Ordinal))
            ConfigKeys.Read(path, value, run.Derived);
        else if (!path.StartsWith("model", StringComparison.Ordinal))
            ConfigPaths.Read(path, value, run.Fact);
    }

    /// <summary>Blocks may be a number, or a list of which the first is read.</summary>
    private static void Model(string path, string value, RunRecorder run)
    {
        if (path == "layers.length" && double.TryParse(value, CultureInfo.InvariantCulture, out var layers))
            run.Fact(RunField.Layers, layers);
        if (path.Contains("moe", StringComparison.Ordinal) || path.Contains("experts", StringComparison.Ordinal))
            return;
        var name = path[(path.LastIndexOf('.') + 1)..];
        if (name is "n_layers" or "n_heads" or "n_kv_heads" or "vocab_size" or "enable_weight_tying")
            ConfigKeys.Read(name, value, run.Fact);
        else if (path == "dim")
            ConfigKeys.Read("d_model", value, run.Fact);
        else if (path.EndsWith("feed_forward.hidden_dim", StringComparison.Ordinal))
            ConfigKeys.Read("d_ffn", value, run.Fact);
    }
}
