using System.Globalization;
using System.Text.RegularExpressions;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Core.Planning.Explain;

/// <summary>
/// Machines as a person names them: <c>H100 x8</c> (a device and how many in all), <c>H100</c>, or
/// <c>lambda:gpu_8x_a100 x2</c> (a provider's machine and how many of them).
/// </summary>
public sealed partial record CandidatePattern
{
    /// <summary>The text as given.</summary>
    public required string Text { get; init; }

    /// <summary>Canonical device name; null when a machine is named instead.</summary>
    public string? Gpu { get; init; }

    /// <summary>Provider; null when a device is named instead.</summary>
    public string? Provider { get; init; }

    /// <summary>The provider's machine type; null when a device is named instead.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Devices in all, or machines when a machine is named; null for any number.</summary>
    public int? Count { get; init; }

    /// <summary>Reads a text.</summary>
    /// <exception cref="InputException">Not such a text, or an unknown device.</exception>
    public static CandidatePattern Parse(string text, DeviceCatalog devices)
    {
        var match = Pattern().Match(text.Trim());
        if (!match.Success)
            throw new InputException($"'{text}' names no machines; expected for example \"H100 x8\" or \"lambda:gpu_8x_a100 x2\"");
        var name = match.Groups["name"].Value;
        var count = match.Groups["count"] is { Success: true } digits ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : (int?)null;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new() { Text = text, Gpu = devices.Find(name).Name, Count = count }
            : new() { Text = text, Provider = name[..colon].Trim(), InstanceType = name[(colon + 1)..].Trim(), Count = count };
    }

    /// <summary>True of candidates that the pattern means.</summary>
    public bool Matches(Choice choice) =>
        Gpu is not null
            ? choice.Gpu == Gpu && (Count is null || Count == choice.Gpus)
            : Same(choice.Provider, Provider) && Same(choice.Offer.InstanceType, InstanceType)
                && (Count is null || Count == choice.Result.Nodes);

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^(?<name>\S.*?)(?:\s+[x×*]\s*(?<count>[1-9]\d{0,5}))?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
