using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Offers;

/// <summary>
/// Our own price format: one row per machine type and region. <c>provider, gpu, gpu_count, snapshot_date</c> and at least
/// one of <c>price_usd_per_hour, spot_usd_per_hour</c> (for the whole machine) must be there; <c>instance_type, region,
/// gpu_memory_gib, vcpus, memory_gib, source_file, source_commit</c> may be, and <c>term_months</c> (a commitment, paid
/// whole), <c>storage_usd_per_gib_month, egress_usd_per_gib, stock</c> (machines there are). Other columns are refused as misspelt.
/// </summary>
internal sealed class OfferCsv
{
    /// <summary>The columns in the order in which they are written.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "provider", "instance_type", "gpu", "gpu_count", "gpu_memory_gib", "vcpus", "memory_gib", "region",
        "price_usd_per_hour", "spot_usd_per_hour", "source_file", "source_commit", "snapshot_date",
        "term_months", "storage_usd_per_gib_month", "egress_usd_per_gib", "stock",
    ];

    private readonly CsvRows _rows;
    private readonly DeviceCatalog _devices;
    private readonly NetworkCatalog _networks;
    private readonly int? _provider, _instance, _gpu, _count, _gpuMemory, _vcpus, _memory, _region, _price, _spot, _source, _commit, _date,
        _term, _storage, _egress, _stock;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="InputException">A needed column is missing or one is unknown.</exception>
    public OfferCsv(CsvRows rows, DeviceCatalog devices, NetworkCatalog networks)
    {
        (_rows, _devices, _networks) = (rows, devices, networks);
        if (rows.Columns.FirstOrDefault(column => !Columns.Contains(column, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw new InputException($"{rows.Name}, line 1: unknown column '{unknown}'; known are {string.Join(", ", Columns)}");
        (_provider, _gpu, _count, _date) = (rows.Required("provider"), rows.Required("gpu"), rows.Required("gpu_count"),
            rows.Required("snapshot_date"));
        (_instance, _region, _gpuMemory) = (rows.Optional("instance_type"), rows.Optional("region"), rows.Optional("gpu_memory_gib"));
        (_vcpus, _memory) = (rows.Optional("vcpus"), rows.Optional("memory_gib"));
        (_price, _spot) = (rows.Optional("price_usd_per_hour"), rows.Optional("spot_usd_per_hour"));
        (_source, _commit) = (rows.Optional("source_file"), rows.Optional("source_commit"));
        (_term, _storage) = (rows.Optional("term_months"), rows.Optional("storage_usd_per_gib_month"));
        (_egress, _stock) = (rows.Optional("egress_usd_per_gib"), rows.Optional("stock"));
        if (_price is null && _spot is null)
            rows.Required("price_usd_per_hour");
    }

    /// <summary>The offer of the current row.</summary>
    /// <exception cref="InputException">A field is wrong; the message names line, column and value.</exception>
    public Offer Read()
    {
        _rows.RequireWholeRow();
        var provider = _networks.Provider(Needed(_provider));
        var instance = _rows.Text(_instance) is { Length: > 0 } name ? name : $"{_rows.Text(_gpu)} x{_rows.Text(_count)}";
        var device = Device(provider, instance);
        var (price, spot) = (Price(_price), Price(_spot));
        if (price is null && spot is null)
            throw _rows.Bad(_price ?? _spot, "and no other price: the row has none");
        var dates = PriceDates.Parse(_rows.Span(_date))
            ?? throw _rows.Bad(_date, "must be YYYY-MM-DD, YYYY-MM-DD/YYYY-MM-DD or ../YYYY-MM-DD");
        return new()
        {
            Provider = provider,
            InstanceType = instance,
            Region = _rows.Text(_region) is { Length: > 0 } region ? region : "any",
            Gpu = device.Name,
            GpusPerNode = Count(_count, 1024) ?? throw _rows.Bad(_count, "must not be empty"),
            OnDemandUsdPerHour = price,
            SpotUsdPerHour = spot,
            TermMonths = _rows.Number(_term, 0.01, 120),
            StorageUsdPerGibMonth = _rows.Number(_storage, 0, 1000),
            EgressUsdPerGib = _rows.Number(_egress, 0, 1000),
            Stock = Count(_stock, 100_000),
            Link = _networks.Link(provider, instance, device),
            Vcpus = _rows.Number(_vcpus, 0, 1e5),
            HostMemoryGib = _rows.Number(_memory, 0, 1e6),
            Source = Source(),
            SeenFrom = dates.From,
            SeenUntil = dates.Until,
        };
    }

    private string Source()
    {
        var (file, commit) = (_rows.Text(_source), _rows.Text(_commit));
        return (file.Length > 0 ? file : Path.GetFileName(_rows.Name)) + (commit.Length > 0 ? $" @{commit}" : "");
    }

    private Accelerator Device(string provider, string instance)
    {
        var spelling = _networks.Find(provider, instance)?.Gpu ?? Needed(_gpu);
        return _devices.TryFind(spelling, _rows.Number(_gpuMemory, 1, 10_000), out var device)
            ? device
            : throw _rows.Bad(_gpu, $"is not known: {_devices.Unknown(spelling)}");
    }

    private double? Price(int? column) => _rows.Number(column, 0, 1e6);

    private int? Count(int? column, int most) => _rows.Number(column, 1, most) is not { } count ? null
        : count == Math.Floor(count) ? (int)count
        : throw _rows.Bad(column, $"must be a whole number 1..{most}");

    private string Needed(int? column) =>
        _rows.Text(column) is { Length: > 0 } text ? text : throw _rows.Bad(column, "must not be empty");
}
