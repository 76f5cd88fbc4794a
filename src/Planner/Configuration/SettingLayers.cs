using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using SlmPlanner.Core;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Planner.Configuration;

/// <summary>Reads settings from the places that may give them.</summary>
internal static class SettingLayers
{
    /// <summary>The prefix of environment variables, for example <c>SLMPLAN_MAX_GPUS</c>.</summary>
    public const string Prefix = "SLMPLAN_";

    /// <summary>The version of settings files that this program reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>A JSON file with one flat object; lists may be arrays, and it may state its <c>schema_version</c>.</summary>
    /// <exception cref="InputException">Missing, malformed or of another version.</exception>
    public static SettingLayer FromFile(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var values = Flatten(new ConfigurationBuilder().AddJsonStream(stream).Build());
            if (values.Remove(FormatVersion.Key, out var version))
                FormatVersion.Check(long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated
                    : throw new FormatException($"{FormatVersion.Key} is '{version}', expected a whole number"), CurrentVersion, path);
            return new(path, values);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or JsonException)
        {
            throw new InputException($"cannot read the settings in {path}: {(exception.InnerException ?? exception).Message}", exception);
        }
    }

    /// <summary>The environment's variables that have the prefix.</summary>
    public static SettingLayer FromEnvironment() =>
        new("environment", Flatten(new ConfigurationBuilder().AddEnvironmentVariables(Prefix).Build()));

    /// <summary>The arguments of <c>--set</c>, each <c>key=value</c>; of two for one key the later counts.</summary>
    public static SettingLayer FromArguments(IEnumerable<string> arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var argument in arguments)
        {
            var sign = argument.IndexOf('=', StringComparison.Ordinal);
            if (sign <= 0)
                throw new InputException($"--set {argument}: expected key=value, for example --set max_gpus=16");
            values[argument[..sign].Trim().Replace('-', '_')] = argument[(sign + 1)..];
        }
        return new("--set", values);
    }

    /// <summary>Arrays become comma-separated lists, so that a later layer replaces a list and does not merge with it.</summary>
    private static Dictionary<string, string> Flatten(IConfigurationRoot root) => root.GetChildren().ToDictionary(
        section => section.Key,
        section => section.GetChildren().Any() ? string.Join(',', section.GetChildren().Select(Item)) : section.Value ?? "",
        StringComparer.OrdinalIgnoreCase);

    private static string Item(IConfigurationSection item) =>
        int.TryParse(item.Key, out _) && item.Value is { } value ? value
        : throw new InputException($"setting {item.Path}: must be a text, a number or a list, not an object");
}

/// <summary>Settings from one place, the texts by key.</summary>
/// <param name="Origin">The place, for people: a file's name, <c>environment</c>, <c>--set</c>.</param>
/// <param name="Values">The texts.</param>
internal sealed record SettingLayer(string Origin, IReadOnlyDictionary<string, string> Values);
