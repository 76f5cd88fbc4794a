using System.Globalization;

namespace SlmPlanner.Data.Catalogs;

/// <summary>
/// SkyPilot's GpuInfo column. It is a Python dict, JSON, a mixture with <c>null</c>, a bare name or empty, so only the
/// one number that is needed is looked for.
/// </summary>
internal static class GpuInfo
{
    private const string Key = "SizeInMiB";

    /// <summary>
    /// The number after SizeInMiB; null when there is none above zero. Its unit depends on the provider: <see cref="MemoryReading"/>.
    /// </summary>
    public static double? Size(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf(Key, StringComparison.Ordinal);
        if (at < 0)
            return null;
        var rest = text[(at + Key.Length)..].TrimStart("'\": ");
        var end = rest.IndexOfAnyExceptInRange('.', '9');
        var digits = end < 0 ? rest : rest[..end];
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size) && size > 0 ? size
            : null;
    }
}
