using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Core.Planning.Scheduling;

/// <summary>A fleet as offers, so that the search can say how fast a job runs on a part of it.</summary>
public static class FleetOffers
{
    /// <summary>Provider name of one's own machines.</summary>
    public const string Provider = "own";

    /// <summary>Most devices of a machine of which every part is tried.</summary>
    private const int SmallMachine = 8;

    /// <summary>
    /// Whole machines, joined by the network, and parts of one machine: every number of devices up to a machine of eight, and
    /// 1, 2, 4, … devices of a larger one.
    /// </summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="device">Its device.</param>
    /// <param name="networkGbitS">Network of one machine, Gbit/s; null when there is none to train over.</param>
    /// <param name="usdPerGpuHour">Cost of one device for an hour.</param>
    /// <param name="today">The day of the plan.</param>
    /// <param name="source">The option that names the fleet.</param>
    public static IReadOnlyList<Offer> Of(Fleet fleet, Accelerator device, double? networkGbitS, double usdPerGpuHour, DateOnly today,
        string source = "--fleet")
    {
        Offer Machine(int gpus, double? network) => new()
        {
            Provider = Provider,
            InstanceType = $"{gpus}x{device.Name}",
            Region = Provider,
            Gpu = device.Name,
            GpusPerNode = gpus,
            OnDemandUsdPerHour = gpus * usdPerGpuHour,
            Link = new(device.MachineGbS(), network, "own"),
            Source = source,
            Stock = gpus == fleet.GpusPerNode ? fleet.Nodes : 1,
            Owned = true,
            SeenUntil = today,
        };

        return [.. Parts(fleet.GpusPerNode).Select(gpus => Machine(gpus, null)),
            Machine(fleet.GpusPerNode, fleet.Nodes > 1 ? networkGbitS : null)];
    }

    private static IEnumerable<int> Parts(int gpusPerNode) => gpusPerNode <= SmallMachine
        ? Enumerable.Range(1, gpusPerNode - 1)
        : Enumerable.Range(0, 12).Select(power => 1 << power).TakeWhile(gpus => gpus < gpusPerNode);
}
