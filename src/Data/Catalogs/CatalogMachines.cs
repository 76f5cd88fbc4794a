using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Data.Catalogs;

/// <summary>What a catalog's machine is: its device and links, or why it can't be planned with.</summary>
/// <param name="Device">The device; null when it is not known.</param>
/// <param name="Link">The links; null without a device.</param>
/// <param name="Reason">Why there is no device.</param>
/// <param name="Subject">The value that is wrong.</param>
internal sealed record CatalogMachine(Accelerator? Device, NodeLink? Link, string Reason, string Subject);

/// <summary>Identifies the machines of one provider's catalog; each is worked out once, however many regions list it.</summary>
/// <param name="facts">What importing needs to know.</param>
/// <param name="provider">Our name for the provider.</param>
internal sealed class CatalogMachines(ImportFacts facts, string provider)
{
    private readonly Dictionary<(string Instance, string Gpu, double? Size, int Count), CatalogMachine> _known = [];

    /// <summary>The machine.</summary>
    /// <param name="instance">The provider's name of it.</param>
    /// <param name="gpu">The catalog's name of its devices.</param>
    /// <param name="size">The memory that the catalog states; null for none.</param>
    /// <param name="count">Devices in it.</param>
    /// <param name="readings">What <paramref name="size"/> may mean, in GiB of one device, the likeliest first.</param>
    public CatalogMachine Identify(string instance, string gpu, double? size, int count, Func<double, int, double[]> readings)
    {
        var key = (instance, gpu, size, count);
        if (!_known.TryGetValue(key, out var machine))
            _known[key] = machine = Identify(instance, gpu, size is { } stated ? readings(stated, count) : []);
        return machine;
    }

    private CatalogMachine Identify(string instance, string gpu, double[] readings)
    {
        var listed = facts.Networks.Find(provider, instance)?.Gpu;
        var device = CatalogDevice.Find(facts.Devices, listed ?? gpu, instance, listed is null ? readings : [], out var reason);
        return new(device, device is null ? null : facts.Networks.Link(provider, instance, device), reason.Reason, reason.Subject);
    }
}
