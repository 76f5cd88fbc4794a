using SlmPlanner.Core;
using SlmPlanner.Core.Memory;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Measurements;

/// <summary>Unit and kind of a printed peak. Files of before these columns hold GiB, as most tools print, of no stated kind.</summary>
internal static class PeakMemoryWords
{
    private const double Mebibyte = 1L << 20;
    private const double Gibibyte = 1L << 30;

    /// <summary>Bytes of one of the printed unit.</summary>
    /// <exception cref="InputException">The unit is unknown.</exception>
    public static double BytesOf(CsvRows rows, int? column) => rows.Text(column).ToUpperInvariant() switch
    {
        "" or "GIB" => Gibibyte,
        "GB" => 1e9,
        "MIB" => Mebibyte,
        "MB" => 1e6,
        "1000MIB" => 1000 * Mebibyte,
        _ => throw rows.Bad(column, "is no unit of memory; allowed GB, GiB, MB, MiB, 1000MiB"),
    };

    /// <summary>The kind; null where it is not stated.</summary>
    /// <exception cref="InputException">The kind is unknown.</exception>
    public static PeakMemoryKind? KindOf(CsvRows rows, int? column) => rows.Text(column).ToLowerInvariant() switch
    {
        "" => null,
        "allocated" => PeakMemoryKind.Allocated,
        "reserved" => PeakMemoryKind.Reserved,
        "device" => PeakMemoryKind.Device,
        _ => throw rows.Bad(column, "is no kind of peak; allowed allocated, reserved, device"),
    };
}
