using SlmPlanner.Data.Offers;

namespace SlmPlanner.Data.Catalogs;

/// <summary>What a catalog's number for memory can mean.</summary>
internal static class MemoryReading
{
    private const double MibPerGib = 1024;

    /// <summary>GiB of one device, the provider's own reading first, then the others, which catch slips of single rows.</summary>
    /// <param name="own">What the provider means by the number.</param>
    /// <param name="size">The number.</param>
    /// <param name="count">Devices in the machine.</param>
    public static double[] Gib(MemorySize own, double size, int count)
    {
        var (perDevice, perMachine) = (size / MibPerGib, size / MibPerGib / count);
        return own switch
        {
            MemorySize.MibOfMachine => [perMachine, perDevice, size],
            MemorySize.GbOfDevice => [size, perDevice, perMachine],
            _ => [perDevice, perMachine, size],
        };
    }
}
