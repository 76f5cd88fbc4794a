using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Catalogs;

/// <summary>
/// SkyPilot's columns, found by name since their order differs per cloud. Azure's Generation holds <c>V1,V2</c> without
/// quotes: such a row has one field too many, and the columns behind it are one further.
/// </summary>
internal sealed class SkypilotColumns
{
    private readonly CsvRows _rows;
    private readonly int _instance, _accelerator, _count, _region, _price;
    private readonly int? _zone, _spot, _info, _vcpus, _memory, _generation;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="Core.InputException">One that every catalog has is missing.</exception>
    public SkypilotColumns(CsvRows rows)
    {
        _rows = rows;
        (_instance, _accelerator, _count) = (rows.Required("InstanceType"), rows.Required("AcceleratorName"),
            rows.Required("AcceleratorCount"));
        (_region, _price) = (rows.Required("Region"), rows.Required("Price"));
        (_zone, _spot, _info) = (rows.Optional("AvailabilityZone"), rows.Optional("SpotPrice"), rows.Optional("GpuInfo"));
        (_vcpus, _memory, _generation) = (rows.Optional("vCPUs"), rows.Optional("MemoryGiB"), rows.Optional("Generation"));
    }

    /// <summary>False when the row's fields can't be told apart.</summary>
    public bool IsWhole => _rows.FieldCount == _rows.Columns.Count || IsShifted;

    public string Instance => _rows.Text(At(_instance));

    /// <summary>False for a machine without accelerators, or one that is priced apart from them.</summary>
    public bool HasAccelerator => !_rows.Span(At(_accelerator)).IsEmpty;

    /// <summary>The AcceleratorName column.</summary>
    public string Accelerator => _rows.Text(At(_accelerator));

    /// <summary>The Region column, without the comma that an unknown city leaves in front.</summary>
    public string Region => _rows.Text(At(_region)).TrimStart(',', ' ');

    /// <summary>The AvailabilityZone column; the region where there is none.</summary>
    public string Zone => _rows.Text(At(_zone)) is { Length: > 0 } zone ? zone : Region;

    public ReadOnlySpan<char> Info => _rows.Span(At(_info));

    /// <summary>The numbers of the row; false when one of them is none.</summary>
    public bool TryNumbers(out double? count, out double? price, out double? spot)
    {
        (price, spot) = (null, null);
        return _rows.TryNumber(At(_count), out count) && _rows.TryNumber(At(_price), out price) && _rows.TryNumber(At(_spot), out spot);
    }

    /// <summary>The machine's processors and memory; null where not stated.</summary>
    public (double? Vcpus, double? MemoryGib) Host =>
        (_rows.TryNumber(At(_vcpus), out var vcpus) ? vcpus : null, _rows.TryNumber(At(_memory), out var memory) ? memory : null);

    private bool IsShifted => _rows.FieldCount == _rows.Columns.Count + 1 && _generation is { } at
        && _rows.Span(at) is ['V', ..] && _rows.Span(at + 1) is ['V', ..];

    private int? At(int? column) => column > _generation && IsShifted ? column + 1 : column;
}

/// <summary>What SkyPilot's price columns mean.</summary>
internal static class SkypilotPrice
{
    /// <summary>
    /// On-demand and spot price. A blank price is one that is not sold; a spot price of zero is unknown; one that equals
    /// the on-demand price is no spot market.
    /// </summary>
    public static (double? OnDemand, double? Spot) Read(double? price, double? spot) =>
        (price, spot is 0 || spot == price ? null : spot);
}
