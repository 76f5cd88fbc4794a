using System.Text.Json;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Samples;

/// <summary>
/// How long a sample of JSON is: what a member says, the number of <c>input_ids</c>, or its texts at four characters a token, which holds
/// for English and the vocabularies of the time (OpenAI's rule of thumb, recalled; other languages and code take more tokens).
/// </summary>
internal static class SampleJson
{
    private const double CharactersOfToken = 4;
    private const long LargestArray = 256L << 20;

    private static readonly string[] LengthFields = ["length", "tokens", "num_tokens", "n_tokens", "token_count", "seq_len"];

    /// <summary>Members whose texts are the sample: those of common instruction sets and of conversations.</summary>
    private static readonly string[] Texts =
    [
        "text", "prompt", "completion", "instruction", "input", "output", "question", "answer", "response", "system", "content", "value",
        "messages", "conversations", "chosen", "context",
    ];

    /// <summary>The length of a line.</summary>
    public static SampleLength Length(string path, int number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Length($"{path}, line {number}", document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}, line {number}: no JSON ({exception.Message})", exception);
        }
    }

    /// <summary>The lengths of an array of samples.</summary>
    public static IEnumerable<SampleLength> Lengths(string path)
    {
        if (new FileInfo(path).Length > LargestArray)
            throw new InputException($"{path}: larger than {LargestArray >> 20} MiB; write it as JSON lines (.jsonl), which are read "
                + $"one by one");
        using var document = Parsed(path);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
            throw new InputException($"{path}: expected an array of samples");
        var index = 0;
        foreach (var sample in document.RootElement.EnumerateArray())
            yield return Length($"{path}, sample {++index}", sample);
    }

    private static JsonDocument Parsed(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path}: no JSON ({exception.Message})", exception);
        }
    }

    private static SampleLength Length(string place, JsonElement sample)
    {
        if (sample.ValueKind == JsonValueKind.Number && sample.TryGetDouble(out var alone))
            return new(InRange(place, alone), 1);
        if (sample.ValueKind == JsonValueKind.String)
            return Estimated(place, sample.GetString()!.Length);
        if (sample.ValueKind != JsonValueKind.Object)
            throw new InputException($"{place}: expected an object, a text or a number");
        foreach (var name in LengthFields)
            if (sample.TryGetProperty(name, out var length) && length.ValueKind == JsonValueKind.Number)
                return new(InRange(place, length.GetDouble()), 1);
        if (sample.TryGetProperty("input_ids", out var ids) && ids.ValueKind == JsonValueKind.Array)
            return new(InRange(place, ids.GetArrayLength()), 1);
        return Estimated(place, Characters(sample));
    }

    private static SampleLength Estimated(string place, long characters) => characters > 0
        ? new(Math.Ceiling(characters / CharactersOfToken), 1, Estimated: true)
        : throw new InputException($"{place}: neither a length ({string.Join(", ", LengthFields)}), nor input_ids, nor texts "
            + $"({string.Join(", ", Texts)})");

    private static long Characters(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Length,
        JsonValueKind.Array => value.EnumerateArray().Sum(Characters),
        JsonValueKind.Object => Texts.Sum(name => value.TryGetProperty(name, out var text) ? Characters(text) : 0),
        _ => 0,
    };

    private static double InRange(string place, double tokens) => tokens is >= 1 and <= LengthsFile.MostTokens
        ? tokens : throw new InputException($"{place}: the length is "
            + $"{tokens.ToString(System.Globalization.CultureInfo.InvariantCulture)}, allowed 1 to {LengthsFile.MostTokens} tokens");
}
