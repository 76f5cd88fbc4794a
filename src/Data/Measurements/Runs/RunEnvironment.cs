using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using SlmPlanner.Core.Hardware;

namespace SlmPlanner.Data.Measurements.Runs;


/// <summary>Where and how a run measured.</summary>
public sealed record RunEnvironment
{
    /// <summary>Name of the device in profiles.</summary>
    public required string Device { get; init; }

    /// <summary>cpu or cuda:N.</summary>
    public required string DeviceKind { get; init; }

    /// <summary>The processor.</summary>
    public required string Processor { get; init; }

    /// <summary>Threads of a burst.</summary>
    public required int Threads { get; init; }

    /// <summary>The host's memory, or the GPU's.</summary>
    public required double MemoryBytes { get; init; }

    /// <summary>Operating system.</summary>
    public required string System { get; init; }

    /// <summary>What the machine is called in lists: its tag; the host's name in logs of the first programs.</summary>
    public required string Machine { get; init; }

    /// <summary>Which machine it is; null in logs of the first programs.</summary>
    public MachineIdentity? Identity { get; init; }

    /// <summary>
    /// Tells this machine from others of its kind: the tag of its identity, or in logs of the first programs a hash of what they state.
    /// </summary>
    [JsonIgnore]
    public string Fingerprint => Identity?.Tag() ?? Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(
            FormattableString.Invariant($"{Machine}|{Processor}|{Device}|{MemoryBytes:R}"))).AsSpan(0, 8));

    /// <summary>Version of this program.</summary>
    public required string Program { get; init; }

    /// <summary>Time that the run may take.</summary>
    public required double BudgetS { get; init; }

    /// <summary>Seed of the choice of bursts.</summary>
    public required int Seed { get; init; }
}
