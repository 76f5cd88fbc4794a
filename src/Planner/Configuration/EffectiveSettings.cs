using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Text;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Configuration;

/// <summary>The settings in force: the latest layer that gives a setting decides, and each knows which it was.</summary>
internal sealed class EffectiveSettings
{
    /// <summary>The origin of a setting that no layer gives.</summary>
    public const string DefaultOrigin = "default";

    private readonly Dictionary<string, (string Text, string Origin)> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Puts layers over the defaults.</summary>
    /// <param name="layers">Weakest first.</param>
    /// <exception cref="InputException">A key is unknown or a value not allowed; names the layer.</exception>
    public EffectiveSettings(params IEnumerable<SettingLayer> layers)
    {
        foreach (var setting in SettingList.All)
            _values[setting.Key] = (setting.Default, DefaultOrigin);
        foreach (var layer in layers)
            foreach (var (key, text) in layer.Values)
                _values[Known(key, layer.Origin).Key] = (text.Trim(), layer.Origin);
        foreach (var setting in SettingList.All)
            Check(setting);
    }

    /// <summary>Each setting with its text and where it came from.</summary>
    public IEnumerable<(Setting Setting, string Text, string Origin)> Entries =>
        SettingList.All.Select(setting => (setting, _values[setting.Key].Text, _values[setting.Key].Origin));

    /// <summary>Defaults, then the file, then the environment, then <c>--set</c>.</summary>
    public static EffectiveSettings Load(string? file, IEnumerable<string> arguments)
    {
        SettingLayer[] named = file is null ? [] : [SettingLayers.FromFile(file)];
        return new([.. named, SettingLayers.FromEnvironment(), SettingLayers.FromArguments(arguments)]);
    }

    /// <summary>A setting as text; empty for none.</summary>
    public string Text(string key) => _values[key].Text;

    /// <summary>A setting as a number; null for none.</summary>
    public double? Number(string key) =>
        Text(key) is { Length: > 0 } text
            ? Convert.ToDouble(Known(key, DefaultOrigin).Value.ValueOf([text]), CultureInfo.InvariantCulture) : null;

    /// <summary>A setting as a list.</summary>
    public IReadOnlyList<string> List(string key) => Values.Names(Text(key));

    private static Setting Known(string key, string origin) =>
        SettingList.All.FirstOrDefault(setting => string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase))
        ?? throw new InputException($"{origin}: {NearestNames.Unknown("setting", key, SettingList.Keys)}");

    private void Check(Setting setting)
    {
        var (text, origin) = _values[setting.Key];
        if (!setting.Takes(text))
            throw new InputException($"{origin}: setting {setting.Key} is '{text}', allowed {setting.Allowed}");
    }
}
