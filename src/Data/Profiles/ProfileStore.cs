using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Json;
using SlmPlanner.Data.Models;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Data.Profiles;

/// <summary>
/// The data files, in layers: the shipped folder first, then the user's. A file of a later layer replaces the file of
/// the same name in an earlier one. Everything is read when first asked for.
/// </summary>
public sealed class ProfileStore
{
    private readonly Lazy<IReadOnlyDictionary<string, DeviceFile>> _deviceFiles;
    private readonly Lazy<IReadOnlyDictionary<string, SourceNote>> _sources;
    private readonly Lazy<DeviceCatalog> _devices;
    private readonly Lazy<NetworkCatalog> _networks;
    private readonly Lazy<IReadOnlyList<Offer>> _offerRows;
    private readonly Lazy<OfferCatalog> _offers;
    private readonly Lazy<IReadOnlyList<PricePoint>> _prices;
    private readonly Lazy<ModelCatalog> _models;
    private readonly Lazy<DeviceCatalog> _datasheets;
    private readonly Lazy<IReadOnlyList<CalibratedMachine>> _machines;
    private readonly Lazy<ProviderFacts> _providers;
    private readonly Lazy<SoftwareStackCatalog> _stacks;
    private readonly Lazy<MemoryProfile> _memory;

    private ProfileStore(IReadOnlyList<string> roots, IReadOnlyList<Accelerator> described)
    {
        (Roots, Described) = (roots, described);
        _sources = new(() => SourceList.Read(this));
        _deviceFiles = new(() => DeviceReader.Files(this));
        _datasheets = new(() => DeviceReader.Datasheets(this));
        _machines = new(() => CalibratedMachines.Read(this));
        _devices = new(() => DeviceReader.Catalog(this, Machines));
        _providers = new(() => new(All("", "providers.json").Select(
            path => JsonFile.Read(path, ProfileJson.Default.ProviderList, FormatVersion.OfDataFiles))));
        _networks = new(() => new(All("", "networks.json")
            .Select(path => JsonFile.Read(path, ProfileJson.Default.NetworkList, FormatVersion.OfDataFiles))));
        _offerRows = new(() => OfferFiles.Rows(OfferPaths, Devices, Networks));
        _offers = new(() => OfferFiles.Newest(OfferPaths, OfferRows, Providers));
        _prices = new(() => PriceHistory.Read(this));
        _models = new(() => ModelCatalog.Read(Files("models", "*.json")));
        _stacks = new(() => StackFiles.Read(this));
        _memory = new(() => new(
            Stacks, Files("fit", "memory.json") is [.., var fitted] ? MemoryFitFile.Read(fitted).Fitted : FittedMemory.None));
    }

    /// <summary>Devices described by hand.</summary>
    internal IReadOnlyList<Accelerator> Described { get; }

    /// <summary>Folders, the shipped one first.</summary>
    public IReadOnlyList<string> Roots { get; }

    /// <summary>Facts of devices with their sources, by canonical name. Calibrated machines that have no datasheet are not in it.</summary>
    public IReadOnlyDictionary<string, DeviceFile> DeviceFiles => _deviceFiles.Value;

    /// <summary>What the source keys stand for.</summary>
    public IReadOnlyDictionary<string, SourceNote> Sources => _sources.Value;

    /// <summary>The devices by their datasheets alone: what published rows and files about devices mean, whatever was calibrated.</summary>
    public DeviceCatalog Datasheets => _datasheets.Value;

    /// <summary>The calibrated machines, earlier layers first.</summary>
    public IReadOnlyList<CalibratedMachine> Machines => _machines.Value;

    /// <summary>The devices, calibrated machines included: the only machine of a device with a datasheet takes its place.</summary>
    public DeviceCatalog Devices => _devices.Value;

    /// <summary>The links of machines.</summary>
    public NetworkCatalog Networks => _networks.Value;

    /// <summary>Which machines carry accelerators that catalogs price apart from them, earlier layers first.</summary>
    public IEnumerable<HostList> Hosts => All("", "hosts.json")
        .Select(path => JsonFile.Read(path, ProfileJson.Default.HostList, FormatVersion.OfDataFiles));

    /// <summary>The files of the price snapshot.</summary>
    public IReadOnlyList<string> OfferPaths => Files("offers", "*.csv");

    /// <summary>Every row of the price snapshot, the older ones of an offer too.</summary>
    public IReadOnlyList<Offer> OfferRows => _offerRows.Value;

    /// <summary>The price snapshot.</summary>
    public OfferCatalog Offers => _offers.Value;

    /// <summary>Prices over time: those that were collected, and every row of the price snapshot.</summary>
    public IReadOnlyList<PricePoint> Prices => _prices.Value;

    /// <summary>The models that can be named.</summary>
    public ModelCatalog Models => _models.Value;

    /// <summary>How catalogs of single providers differ.</summary>
    public ProviderFacts Providers => _providers.Value;

    /// <summary>What software stacks do that time and memory show.</summary>
    public SoftwareStackCatalog Stacks => _stacks.Value;

    /// <summary>What software stacks keep in memory, and what was fitted.</summary>
    public MemoryProfile Memory => _memory.Value;

    /// <summary>Opens layers.</summary>
    /// <param name="roots">Existing folders, the most general first.</param>
    /// <exception cref="InputException">A folder does not exist.</exception>
    public static ProfileStore Open(params IReadOnlyList<string> roots) =>
        roots.FirstOrDefault(root => !Directory.Exists(root)) is { } missing
            ? throw new InputException($"the profiles folder {missing} does not exist")
            : new(roots, []);

    /// <summary>The same data with devices that no file describes; one of a known name takes its place.</summary>
    /// <param name="devices">The devices.</param>
    public ProfileStore With(IReadOnlyList<Accelerator> devices) => new(Roots, devices);

    /// <summary>The latest layer that has a file or folder; the first when none has, so that reading it says what is missing.</summary>
    public string RootOf(string name) => Roots.LastOrDefault(root => Path.Exists(Path.Combine(root, name))) ?? Roots[0];

    /// <summary>The files of a folder over all layers, one per file name, by name; the latest layer wins.</summary>
    public IReadOnlyList<string> Files(string folder, string pattern) =>
        [.. All(folder, pattern).GroupBy(path => Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)
            .OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase).Select(group => group.Last())];

    /// <summary>The files of a folder over all layers, earlier layers first, by name within a layer.</summary>
    public IReadOnlyList<string> All(string folder, string pattern) =>
        [.. Roots.Select(root => Path.Combine(root, folder)).Where(Directory.Exists)
            .SelectMany(path => Directory.EnumerateFiles(path, pattern).Order(StringComparer.OrdinalIgnoreCase))];
}
