using System.Text.Json;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>Takes typed fields out of a JSON object and gathers what is wrong with them instead of stopping at the first.</summary>
internal sealed class SpecFields(JsonElement json)
{
    private readonly HashSet<string> _read = [];

    /// <summary>Everything found wrong so far, one phrase each.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>A whole number; a missing one without a fallback is a problem.</summary>
    public int Integer(string name, int? fallback = null)
    {
        if (Find(name) is not { } value)
            return fallback ?? Missing(name);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
            return number;
        Problems.Add($"{name} is {value.GetRawText()}; a whole number is wanted");
        return Placeholder;
    }

    /// <summary>True or false.</summary>
    public bool Flag(string name, bool fallback)
    {
        if (Find(name) is not { } value)
            return fallback;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Problems.Add($"{name} is {value.GetRawText()}; true or false is wanted");
        return fallback;
    }

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string name, T fallback, params (string Word, T Value)[] choices)
    {
        if (Find(name) is not { } value)
            return fallback;
        foreach (var (word, meaning) in choices)
        {
            if (value.ValueKind == JsonValueKind.String && value.GetString() == word)
                return meaning;
        }
        Problems.Add($"{name} is {value.GetRawText()}; known: {string.Join(", ", choices.Select(choice => choice.Word))}");
        return fallback;
    }

    /// <summary>An object in the object, read and checked in the same way; null where it is missing.</summary>
    public T? Part<T>(string name, Func<SpecFields, T> read) where T : class
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Object)
        {
            Problems.Add($"{name} is {value.GetRawText()}; an object is wanted");
            return null;
        }
        var fields = new SpecFields(value);
        var part = read(fields);
        fields.RefuseUnread();
        Problems.AddRange(fields.Problems.Select(problem => $"{name}: {problem}"));
        return part;
    }

    /// <summary>Counts every field that nobody asked for as a problem.</summary>
    public void RefuseUnread() => Problems.AddRange(
        json.EnumerateObject().Where(field => !_read.Contains(field.Name)).Select(field => $"unknown field {field.Name}"));

    /// <summary>Stands for a value already reported as wrong, so that range checks stay silent about it.</summary>
    internal const int Placeholder = int.MinValue;

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private int Missing(string name)
    {
        Problems.Add($"{name} is missing");
        return Placeholder;
    }
}
