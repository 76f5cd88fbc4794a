using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SlmPlanner.Core.Hardware;

/// <summary>
/// Which machine a calibration measured, so that two machines of one kind are told apart. It holds no host name and no serial
/// number in clear: what would give those away is kept as a hash.
/// </summary>
/// <param name="Fingerprint">SHA-256 of the facts below in hexadecimal, shortened to 16 digits.</param>
/// <param name="Processor">The processor's model.</param>
/// <param name="LogicalProcessors">Logical processors that the system shows, ≥ 1.</param>
/// <param name="MemoryGib">The host's memory, GiB, rounded.</param>
/// <param name="Devices">Its accelerators in the order of their bus addresses.</param>
/// <param name="Driver">Version of the accelerators' driver; null without one.</param>
/// <param name="HostHash">Hash of the installation's own id; null where there is none, as in many containers.</param>
/// <param name="Provider">The cloud or maker as the host's own files name it; null where they say nothing.</param>
/// <param name="InstanceType">The provider's name of the machine.</param>
/// <param name="Region">The provider's region.</param>
public sealed record MachineIdentity(
    string Fingerprint,
    string Processor,
    int LogicalProcessors,
    double MemoryGib,
    IReadOnlyList<MachineDevice> Devices,
    string? Driver = null,
    string? HostHash = null,
    string? Provider = null,
    string? InstanceType = null,
    string? Region = null)
{
    private const int FingerprintDigits = 16, TagDigits = 6;

    /// <summary>The short form that stands behind a name: six hexadecimal digits.</summary>
    public string Tag() => Fingerprint[..Math.Min(TagDigits, Fingerprint.Length)];

    /// <summary>The same facts with the fingerprint that follows from them.</summary>
    public MachineIdentity Fingerprinted()
    {
        string?[] facts =
        [
            Processor, LogicalProcessors.ToString(CultureInfo.InvariantCulture), MemoryGib.ToString("0", CultureInfo.InvariantCulture),
            .. Devices.SelectMany(device => new[] { device.Name, device.PciId, device.UuidHash }),
            Driver, HostHash, Provider, InstanceType, Region,
        ];
        return this with { Fingerprint = Hash("machine", string.Join('\n', facts.Select(fact => fact ?? ""))) };
    }

    /// <summary>
    /// A hash that gives a secret away neither by itself nor beside that of another program: SHA-256 over its use and the secret,
    /// shortened.
    /// </summary>
    /// <param name="use">What it is the hash of.</param>
    /// <param name="secret">The text.</param>
    public static string Hash(string use, string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"slm-planner {use}\n{secret}")))[..FingerprintDigits];

    /// <summary>The tag of a profile that states no machine: it follows from the file's bytes.</summary>
    public static string TagOf(ReadOnlySpan<byte> file) => Convert.ToHexStringLower(SHA256.HashData(file))[..TagDigits];
}

/// <summary>An accelerator of a machine.</summary>
/// <param name="Name">As its driver names it.</param>
/// <param name="PciId">Its bus address.</param>
/// <param name="UuidHash">Hash of its own id; null where the driver tells none.</param>
public sealed record MachineDevice(string Name, string PciId, string? UuidHash = null);
