namespace SlmPlanner.Data.Catalogs;

/// <summary>
/// What the number after SizeInMiB means: MiB of one device, MiB of the machine, or GB of one device, by provider
/// (seen in the catalogs; skypilot issue 3434).
/// </summary>
internal static class MemoryReading
{
    private const double MibPerGib = 1024;
    private static readonly HashSet<string> OfTheMachine = ["vast"];
    private static readonly HashSet<string> InGigabytes = ["runpod", "shadeform"];

    /// <summary>GiB of one device, the provider's own reading first, then the others, which catch slips of single rows.</summary>
    /// <param name="provider">Our name for the provider.</param>
    /// <param name="size">The number.</param>
    /// <param name="count">Devices in the machine.</param>
    public static double[] Gib(string provider, double size, int count)
    {
        var (perDevice, perMachine) = (size / MibPerGib, size / MibPerGib / count);
        if (OfTheMachine.Contains(provider))
            return [perMachine, perDevice, size];
        return InGigabytes.Contains(provider) ? [size, perDevice, perMachine] : [perDevice, perMachine, size];
    }
}
