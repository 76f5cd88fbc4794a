using System.Globalization;
using System.IO.Compression;
using SlmPlanner.Core;
using SlmPlanner.Data.Logs.Config.Pickles;

namespace SlmPlanner.Data.Logs.Config;

/// <summary>
/// <c>training_args.bin</c>, which the Hugging Face Trainer leaves beside each checkpoint: the Trainer's arguments as <c>torch.save</c>
/// writes them, a zip with a pickle <c>*/data.pkl</c> in it. It is read as data; nothing in it is run.
/// </summary>
internal static class TrainingArgsFile
{
    private const int Largest = 1 << 22, Deepest = 6, MostVisits = 1 << 14;

    /// <summary>The settings as paths and texts.</summary>
    /// <exception cref="InputException">It is no such file, or damaged.</exception>
    public static IReadOnlyList<(string Path, string Value)> Pairs(string path)
    {
        try
        {
            if (PickleReader.Read(Pickle(path)) is not PickledObject { State: Dictionary<object, object?> fields })
                throw new InputException("holds no arguments of a trainer");
            var pairs = new List<(string, string)>();
            var visits = 0;
            Walk(fields, "", pairs, 0, ref visits);
            Sharing(fields, pairs);
            return pairs;
        }
        catch (Exception exception) when (exception is InputException or InvalidDataException)
        {
            throw new InputException($"{path}: {exception.Message}", exception);
        }
    }

    private static byte[] Pickle(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        var entry = zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal))
            ?? throw new InputException("has no data.pkl, so torch.save did not write it");
        using var stream = entry.Open();
        var bytes = new byte[Largest + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= Largest ? bytes[..length] : throw new InputException($"its pickle has more than {Largest} bytes");
    }

    /// <summary>A pickle may hold itself: depth and visits are bounded.</summary>
    private static void Walk(object? at, string path, List<(string, string)> pairs, int depth, ref int visits)
    {
        if (depth > Deepest || ++visits > MostVisits)
            return;
        switch (at)
        {
            case Dictionary<object, object?> map:
                foreach (var (key, value) in map)
                    Walk(value, path.Length == 0 ? $"{key}" : $"{path}.{key}", pairs, depth + 1, ref visits);
                break;
            case PickledObject { Word: { } word }:
                pairs.Add((path, word));
                break;
            case PickledObject made:
                Walk(made.State, path, pairs, depth + 1, ref visits);
                break;
            case string or bool or IFormattable:
                pairs.Add((path, Convert.ToString(at, CultureInfo.InvariantCulture) ?? ""));
                break;
        }
    }

    /// <summary>
    /// How states are shared: a list of words that the generic walk passes over. One process that drives several devices counts none of
    /// them as processes.
    /// </summary>
    private static void Sharing(Dictionary<object, object?> fields, List<(string, string)> pairs)
    {
        if (fields.GetValueOrDefault("fsdp") is List<object?> words)
            foreach (var word in words.Select(word => (word as PickledObject)?.Word ?? word as string).OfType<string>())
                pairs.Add(word == "offload" ? ("fsdp_offload_params", "true") : ("sharding_strategy", word));
        if (fields.GetValueOrDefault("_n_gpu") is long devices and > 1)
        {
            pairs.RemoveAll(pair => pair.Item1.EndsWith(".num_processes", StringComparison.Ordinal));
            pairs.Add(("world_size", devices.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
