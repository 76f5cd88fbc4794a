using System.Text;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// What torchtitan says at its start of how the work is split: meshes, FSDP, recomputation, compilation, the model's arguments.
/// </summary>
internal static class TorchtitanHeader
{
    /// <summary>Takes a line of the header.</summary>
    public static void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("activation checkpointing to the model"u8) >= 0)
            run.Fact(RunField.Recomputation, line.IndexOf("Applied full"u8) >= 0 || line.IndexOf("FullAC"u8) >= 0 ? "full" : "selective");
        if (line.IndexOf("Compiling each TransformerBlock"u8) >= 0)
            run.Fact(RunField.Compile, "true");
        if (line.IndexOf("Swapped to Float8"u8) >= 0)
            run.Fact(RunField.Precision, "fp8");
        else if (line.IndexOf("Swapped to MX"u8) >= 0)
            run.Fact(RunField.Precision, "mxfp8");
        if (line.IndexOf("Applied HSDP"u8) >= 0)
            run.Fact(RunField.Parallelism, "hsdp");
        else if (line.IndexOf("Applied FSDP"u8) >= 0)
            run.Fact(RunField.Parallelism, "fsdp_full");
        else if (line.IndexOf("Applied DDP"u8) >= 0)
            run.Fact(RunField.Parallelism, "ddp");
        if (line.IndexOf("Tensor Parallelism to the model"u8) >= 0 || line.IndexOf("Applied Context Parallel"u8) >= 0
            || line.IndexOf("PP rank "u8) >= 0)
            run.UntoldSplits();
        if (line.IndexOf("device mesh with parallelism:"u8) >= 0)
            Degrees(line, run);
        else if (line.IndexOf("device mesh with ["u8) >= 0)
            Mesh(line, run);
        if (line.IndexOf("n_layers="u8) >= 0 || line.IndexOf("(dim="u8) >= 0)
            Arguments(line, run);
    }

    private static void Degrees(ReadOnlySpan<byte> line, RunRecorder run)
    {
        double devices = 1;
        foreach (var (key, field) in Axes)
        {
            var degree = line.After(key);
            run.Fact(field, degree);
            if (degree >= 1 && field != RunField.Expert)
                devices *= degree;
        }
        run.Fact(RunField.Gpus, devices);
    }

    private static readonly (byte[] Key, RunField Field)[] Axes =
    [
        ("pp="u8.ToArray(), RunField.Pipeline), ("dp_replicate="u8.ToArray(), RunField.Replicas),
            ("dp_shard="u8.ToArray(), RunField.Shards),
        ("cp="u8.ToArray(), RunField.Context), (" tp="u8.ToArray(), RunField.Tensor), (" ep="u8.ToArray(), RunField.Expert),
    ];

    /// <summary><c>Building 2-D device mesh with ['dp_shard', 'tp'], [4, 2]</c>: the product is the number of devices.</summary>
    private static void Mesh(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var names = line[(line.IndexOf("mesh with ["u8) + 11)..];
        var end = names.LastIndexOf((byte)'[');
        if (end < 0)
            return;
        double devices = 1;
        var axes = Encoding.UTF8.GetString(names[..end]).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var sizes = Encoding.UTF8.GetString(names[(end + 1)..]).TrimEnd(']', ' ').Split(',');
        for (var index = 0; index < sizes.Length; index++)
        {
            if (!int.TryParse(sizes[index].Trim(), out var degree) || degree < 1)
                return;
            devices *= degree;
            if (index < axes.Length && AxisOf(axes[index].Trim('\'', '"', '[', ']', ' ')) is { } field)
                run.Fact(field, degree);
        }
        run.Fact(RunField.Gpus, devices);
    }

    private static RunField? AxisOf(string name) => name switch
    {
        "pp" => RunField.Pipeline,
        "cp" => RunField.Context,
        "tp" => RunField.Tensor,
        "dp_replicate" => RunField.Replicas,
        "dp_shard" => RunField.Shards,
        _ => null,
    };

    /// <summary>The model's arguments as Python prints a data class; <c>max_seq_len</c> is the longest, not that of the run.</summary>
    private static void Arguments(ReadOnlySpan<byte> line, RunRecorder run)
    {
        foreach (var part in Encoding.UTF8.GetString(line).Split(['(', ')', ',']))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                continue;
            var (key, value) = (part[..equals].Trim(), part[(equals + 1)..]);
            if (key == "dim")
                key = "d_model";
            if (key is "d_model" or "n_layers" or "n_heads" or "n_kv_heads" or "vocab_size" or "enable_weight_tying")
                ConfigKeys.Read(key, value, run.Fact);
            else if (key == "hidden_dim")
                ConfigKeys.Read("d_ffn", value, run.Fact);
        }
    }
}
