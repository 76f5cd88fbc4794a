using System.Text.Json;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>
/// The members of one configuration object, read by name and type. A member that is absent has its class's default. Problems are
/// gathered, so that one message can list them all; a member in error reads as its default until then.
/// </summary>
/// <param name="config">The object.</param>
/// <param name="defaults">What the class of the configuration says of members that are absent; null where it is not known.</param>
/// <param name="sizesMayDefault">
/// True where absent sizes have their class's default too: in objects inside others, which are written without what equals it.
/// </param>
internal sealed class ConfigFields(JsonElement config, JsonElement? defaults = null, bool sizesMayDefault = false)
{
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly string _prefix = "";

    private ConfigFields(JsonElement config, JsonElement? defaults, bool sizesMayDefault, string prefix, List<string> problems)
        : this(config, defaults, sizesMayDefault) => (_prefix, _problems) = (prefix, problems);

    /// <summary>What was missing or of the wrong type so far.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Members of the object that were not asked for so far and are not null.</summary>
    public IEnumerable<(string Name, JsonElement Value)> Unread => config.ValueKind != JsonValueKind.Object ? [] :
        config.EnumerateObject().Where(member => !_asked.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null)
            .Select(member => (member.Name, member.Value));

    /// <summary>A positive whole number that must be there, under the first of these names that is.</summary>
    public int Count(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!Stated(name, out var value))
                continue;
            if (value.ValueKind == JsonValueKind.Null)
                _problems.Add($"{_prefix}{name} is null, expected a whole number 1..{int.MaxValue}");
            return Number(name, value) ?? 1;
        }
        if (sizesMayDefault && OptionalCount(names) is { } otherwise)
            return otherwise;
        _problems.Add($"{_prefix}{names[0]} is missing, expected a whole number of at least 1");
        return 1;
    }

    /// <summary>
    /// A positive whole number, under the first of these names that is there; null where it is null, or absent without a default.
    /// </summary>
    public int? OptionalCount(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Stated(name, out var value))
                return Number(name, value);
        }
        foreach (var name in names)
        {
            if (!Written(name) && Default(name, out var value))
                return Number(name, value);
        }
        return null;
    }

    /// <summary>A whole number of at least 0 as <see cref="OptionalCount"/>, 0 where there is none.</summary>
    public int CountOrNone(string name) =>
        Present(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var zero) && zero == 0 ? 0
        : OptionalCount(name) ?? 0;

    /// <summary>A truth value; the class's default, or false, where it is absent or null.</summary>
    public bool Flag(string name) => Flag(name, otherwise: false);

    /// <summary>A truth value, or what is given where it is absent, null and without a default.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (!Present(name, out var value))
            return otherwise;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        _problems.Add($"{_prefix}{name} is {value.GetRawText()}, expected true or false");
        return otherwise;
    }

    /// <summary>A number, or null where it is absent or null.</summary>
    public double? Real(string name)
    {
        if (!Present(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        _problems.Add($"{_prefix}{name} is {value.GetRawText()}, expected a number");
        return null;
    }

    /// <summary>A text, or null where it is absent, null or something else.</summary>
    public string? Text(string name) =>
        Present(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A list, read item by item; null where it is absent or null.</summary>
    public IReadOnlyList<JsonElement>? Items(string name)
    {
        if (!Present(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray()];
        _problems.Add($"{_prefix}{name} is {value.GetRawText()}, expected a list");
        return null;
    }

    /// <summary>A list of texts; null where it is absent.</summary>
    public IReadOnlyList<string>? Texts(string name) =>
        Items(name)?.Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText()).ToList();

    /// <summary>A list of whole numbers; null where it is absent.</summary>
    public IReadOnlyList<int>? Counts(string name)
    {
        if (Items(name) is not { } items)
            return null;
        if (items.All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _)))
            return [.. items.Select(item => item.GetInt32())];
        _problems.Add($"{_prefix}{name} holds something else than whole numbers");
        return null;
    }

    /// <summary>A list of positive whole numbers; null where the member is no list, which <see cref="Count"/> then reads.</summary>
    public IReadOnlyList<int>? CountList(string name)
    {
        if (!Present(name, out var value) || value.ValueKind != JsonValueKind.Array)
            return null;
        if (Counts(name) is { } counts && counts.All(count => count >= 1))
            return counts;
        _problems.Add($"{_prefix}{name} holds something else than whole numbers of at least 1");
        return null;
    }

    /// <summary>True where the object states the member and it is not null.</summary>
    public bool Has(string name) => Stated(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Marks members as known to change no count.</summary>
    public void Skip(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            _asked.Add(name);
    }

    /// <summary>Notes that a member's value is not supported.</summary>
    /// <param name="name">The member, which is there.</param>
    /// <param name="supported">What would be.</param>
    public void Refuse(string name, string supported)
    {
        if (Present(name, out var value))
            _problems.Add($"{_prefix}{name} is {value.GetRawText()}, supported {supported}");
    }

    /// <summary>Notes a problem in words.</summary>
    public void Refuse(string problem) => _problems.Add($"{_prefix}{problem}");

    /// <summary>The members of a nested object, or of an empty one where it is absent. Its problems join these.</summary>
    public ConfigFields Nested(string name) =>
        new(Present(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : default, null, false, $"{_prefix}{name}.",
            _problems);

    private int? Number(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1)
            return number;
        _problems.Add($"{_prefix}{name} is {Shown(value)}, expected a whole number 1..{int.MaxValue}");
        return null;
    }

    private static string Shown(JsonElement value) => value.ValueKind is JsonValueKind.Array ? "a list"
        : value.ValueKind is JsonValueKind.Object ? "an object" : value.GetRawText();

    /// <summary>The value under a name, stated or the class's; false where it is null or absent.</summary>
    private bool Present(string name, out JsonElement value) =>
        Written(name) ? Stated(name, out value) && value.ValueKind != JsonValueKind.Null : Default(name, out value);

    private bool Written(string name) => config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out _);

    private bool Stated(string name, out JsonElement value)
    {
        _asked.Add(name);
        value = default;
        return config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out value);
    }

    private bool Default(string name, out JsonElement value)
    {
        _asked.Add(name);
        value = default;
        return defaults is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out value)
            && value.ValueKind != JsonValueKind.Null;
    }
}
