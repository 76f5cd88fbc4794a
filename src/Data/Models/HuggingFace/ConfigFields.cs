using System.Text.Json;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// The members of one configuration object, read by name and type. Problems are gathered, so that one message can
/// list them all; a member in error reads as its default until then.
/// </summary>
internal sealed class ConfigFields(JsonElement config)
{
    private readonly List<string> _problems = [];
    private readonly string _prefix = "";

    private ConfigFields(JsonElement config, string prefix, List<string> problems)
        : this(config) => (_prefix, _problems) = (prefix, problems);

    /// <summary>What was missing or of the wrong type so far.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>A positive whole number that must be there.</summary>
    public int Count(string name)
    {
        if (OptionalCount(name) is { } value)
            return value;
        if (!Present(name, out _))
            _problems.Add($"{_prefix}{name} is missing, expected a whole number of at least 1");
        return 1;
    }

    /// <summary>A positive whole number, or null where it is absent or null.</summary>
    public int? OptionalCount(string name)
    {
        if (!Present(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1)
            return number;
        _problems.Add($"{_prefix}{name} is {value.GetRawText()}, expected a whole number 1..{int.MaxValue}");
        return null;
    }

    /// <summary>A truth value, or <paramref name="otherwise"/> where it is absent or null.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (!Present(name, out var value))
            return otherwise;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        _problems.Add($"{_prefix}{name} is {value.GetRawText()}, expected true or false");
        return otherwise;
    }

    /// <summary>A text, or null where it is absent, null or something else.</summary>
    public string? Text(string name) =>
        Present(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Notes that a member's value is not supported.</summary>
    /// <param name="name">The member, which is there.</param>
    /// <param name="supported">What would be.</param>
    public void Refuse(string name, string supported)
    {
        if (Present(name, out var value))
            _problems.Add($"{_prefix}{name} is {value.GetRawText()}, supported {supported}");
    }

    /// <summary>The members of a nested object, or of an empty one where it is absent. Its problems join these.</summary>
    public ConfigFields Nested(string name) =>
        new(Present(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : default, $"{_prefix}{name}.", _problems);

    private bool Present(string name, out JsonElement value)
    {
        value = default;
        return config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }
}
