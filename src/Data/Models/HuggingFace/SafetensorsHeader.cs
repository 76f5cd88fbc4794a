using System.Buffers.Binary;
using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// Counts the parameters of <c>*.safetensors</c> files from their headers alone: eight bytes of little-endian length,
/// then that many bytes of JSON (huggingface/safetensors, README "Format").
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The format's own bound on the header.</summary>
    private const long LargestHeaderBytes = 100_000_000;

    /// <summary>
    /// Checks that the weights in a folder, if there are any to compare, have as many parameters as a shape. There are none to compare
    /// where they are quantised, or where the shape leaves other towers out.
    /// </summary>
    /// <exception cref="InputException">They have not, or a header is malformed.</exception>
    public static void Check(TransformerShape shape, string folder)
    {
        var files = Directory.GetFiles(folder, "*.safetensors")
            .Where(path => !Path.GetFileName(path).StartsWith("adapter", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).ToList();
        files = files.Any(IsCopy) && !files.All(IsCopy) ? [.. files.Where(path => !IsCopy(path))] : files;
        var counts = files.Select(path => Parameters(path, shape.TiedEmbeddings)).ToList();
        if (shape.LeftOut is not null || counts.Count == 0 || counts.Any(count => count is null))
            return;
        var (found, described) = (counts.Sum()!.Value, ParameterCount.Of(shape).Total);
        if (found != described)
            throw new InputException(
                $"{folder}: config.json describes {described} parameters, the *.safetensors headers hold {found} "
                + $"({found - described:+0;-0})");
    }

    /// <summary>True of Mistral's own file of all weights, which lies beside the same weights in parts.</summary>
    private static bool IsCopy(string path) => Path.GetFileName(path).StartsWith("consolidated", StringComparison.Ordinal);

    /// <summary>
    /// Parameters of one file, or null where the weights are quantised and can't be counted so. Left out are buffers
    /// (masks of four dimensions, scalars, rotary frequencies) and a head that is only the shared embedding again.
    /// </summary>
    /// <exception cref="InputException">The header is malformed or truncated.</exception>
    public static long? Parameters(string path, bool tiedEmbeddings)
    {
        var header = ReadHeader(path);
        try
        {
            long total = 0;
            foreach (var tensor in header.EnumerateObject().Where(tensor => IsParameter(tensor, tiedEmbeddings)))
            {
                if (tensor.Value.GetProperty("dtype").GetString() is not (['F', ..] or "BF16"))
                    return null;
                total += tensor.Value.GetProperty("shape").EnumerateArray().Aggregate(1L, (product, size) => product * size.GetInt64());
            }

            return total;
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or JsonException or FormatException
            or OverflowException)
        {
            throw new InputException($"{path}: malformed safetensors header: {exception.Message}", exception);
        }
    }

    private static bool IsParameter(JsonProperty tensor, bool tiedEmbeddings)
    {
        if (tensor.Name == "__metadata__" || tensor.Name.EndsWith("inv_freq", StringComparison.Ordinal))
            return false;
        var isHead = tensor.Name is "lm_head.weight" or "embed_out.weight";
        return !(isHead && tiedEmbeddings) && tensor.Value.GetProperty("shape").GetArrayLength() is >= 1 and <= 3;
    }

    private static JsonElement ReadHeader(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var prefix = new byte[sizeof(ulong)];
            stream.ReadExactly(prefix);
            var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
            if (length > LargestHeaderBytes || (long)length > stream.Length - prefix.Length)
                throw new InputException($"{path}: safetensors header of {length} bytes, allowed what the file holds and at most "
                    + $"{LargestHeaderBytes}");
            var header = new byte[length];
            stream.ReadExactly(header);
            using var document = JsonDocument.Parse(header);
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: cannot read the safetensors header: {exception.Message}", exception);
        }
    }
}
