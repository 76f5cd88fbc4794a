using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Planner.Requests;

/// <summary>
/// Reads what a user may start at a provider: <c>aws:p5.48xlarge=2</c> machines of a type, <c>gcp:H100-SXM=16</c> devices of a kind,
/// <c>nebius=64</c> devices of any.
/// </summary>
internal static class QuotaText
{
    private const string Option = "--quota";
    private const int Most = 100_000;

    /// <summary>The quota.</summary>
    /// <param name="text">One entry of the option.</param>
    /// <param name="devices">Devices by spelling; what is none is a machine type.</param>
    /// <param name="networks">Names of providers.</param>
    /// <exception cref="InputException">Not of that form, or a number out of its range.</exception>
    public static RentalQuota Parse(string text, DeviceCatalog devices, NetworkCatalog networks)
    {
        var equals = text.LastIndexOf('=');
        if (equals <= 0)
            throw Problem(text);
        var (name, digits) = (text[..equals].Trim(), text[(equals + 1)..].Trim());
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > Most)
            throw new InputException($"{Option}: the number of '{text}' is '{digits}', allowed 0 to {Most}");
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var provider = networks.Provider(colon < 0 ? name : name[..colon].Trim());
        var what = colon < 0 ? "" : name[(colon + 1)..].Trim();
        return provider.Length == 0 || (colon >= 0 && what.Length == 0) ? throw Problem(text)
            : what.Length == 0 ? new(provider, count)
            : devices.TryFind(what, null, out var device) ? new(provider, count, Gpu: device.Name)
            : new(provider, count, InstanceType: what);
    }

    private static InputException Problem(string text) => new(
        $"{Option}: '{text}' is none, expected PROVIDER:MACHINE=COUNT, PROVIDER:GPU=COUNT or PROVIDER=GPUS, for example aws:p5.48xlarge=2");
}
