using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Offers;

namespace SlmPlanner.Data.Catalogs;

/// <summary>What importing needs to know beside the catalog itself.</summary>
/// <param name="Devices">Devices by spelling.</param>
/// <param name="Networks">Links of machines, and provider names.</param>
/// <param name="Hosts">Machines that carry accelerators which are priced apart.</param>
/// <param name="Providers">How catalogs of single providers differ.</param>
/// <param name="Dates">When the catalog's prices were seen, where the catalog does not say.</param>
public sealed record ImportFacts(
    DeviceCatalog Devices, NetworkCatalog Networks, AcceleratorHosts Hosts, ProviderFacts Providers, PriceDates Dates);
