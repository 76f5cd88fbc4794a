using System.Text.RegularExpressions;
using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Data.Catalogs;

/// <summary>Decides which device a row of a catalog means.</summary>
internal static partial class CatalogDevice
{
    private const double MemoryTolerance = 0.15;

    /// <summary>Catalogs count a slice of these by cores or by chips, and price some whole: a row says nothing of one device.</summary>
    private const string SoldInSlices = "TPU";

    /// <summary>The device; null with a reason when it is unknown or its memory contradicts the name.</summary>
    /// <param name="devices">Devices by spelling.</param>
    /// <param name="accelerator">The catalog's name of it.</param>
    /// <param name="instanceType">The machine: Vast's names say PCIe or SXM where the accelerator's name does not.</param>
    /// <param name="readings">Readings of the stated memory, the likeliest first; empty when none is stated.</param>
    /// <param name="reason">Why there is none.</param>
    public static Accelerator? Find(DeviceCatalog devices, string accelerator, string instanceType, double[] readings,
        out (string Reason, string Subject) reason)
    {
        var own = MarketName().Match(instanceType);
        var name = own.Success ? own.Groups["gpu"].Value : accelerator;
        double? memory = readings.Length > 0 ? readings[0] : null;
        if (!devices.TryFind(name, memory, out var device) || device.FormFactor == SoldInSlices)
        {
            reason = ("unknown GPU", name);
            return null;
        }
        if (readings.Length > 0 && !Array.Exists(readings,
            reading => Math.Abs(reading - device.MemoryGib) <= MemoryTolerance * device.MemoryGib))
        {
            reason = ("memory contradicts the GPU's name",
                FormattableString.Invariant($"{name} with {readings[0]:0.#} GiB, {device.Name} has {device.MemoryGib}"));
            return null;
        }
        reason = ("", "");
        return device;
    }

    [GeneratedRegex(@"^\d+x-(?<gpu>.+)-\d+-\d+$", RegexOptions.ExplicitCapture)]
    private static partial Regex MarketName();
}
