using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace SlmPlanner.Calibrator.Fleets;

/// <summary>A machine to rent for a few minutes of measuring.</summary>
/// <param name="Name">Its name in the fleet: lower-case letters, digits and hyphens, as every engine takes them.</param>
/// <param name="Provider">The provider.</param>
/// <param name="InstanceType">The machine.</param>
/// <param name="Region">The region; null for any.</param>
/// <param name="Gpu">Canonical name of its devices; null for a machine without.</param>
/// <param name="Gpus">Devices of the machine; 0 without.</param>
/// <param name="Spot">True to take the interruptible price.</param>
internal sealed record FleetProbe(string Name, string Provider, string InstanceType, string? Region, string? Gpu, int Gpus, bool Spot)
{
    private const int LongestName = 50;

    /// <summary>A probe named after its machine.</summary>
    public static FleetProbe Of(string provider, string instanceType, string? region, string? gpu, int gpus, bool spot) =>
        new(NameOf($"{provider} {instanceType} {region}"), provider, instanceType, region, gpu, gpus, spot);

    /// <summary>The text with hyphens for all but letters and digits; what is too long ends in a hash of all of it.</summary>
    private static string NameOf(string text)
    {
        var name = new string([.. text.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-')]).Trim('-');
        return name.Length <= LongestName ? name : $"{name[..(LongestName - 9)]}-{Hash(text)[..8]}";
    }

    /// <summary>The first 16 hexadecimal digits of a text's SHA-256.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

/// <summary>What a fleet is to measure and where its results go: <c>fleet.json</c>.</summary>
/// <param name="SchemaVersion">Version of the format.</param>
/// <param name="Id">Hash of all the rest: the same fleet has the same name.</param>
/// <param name="Minutes">Budget of each calibration.</param>
/// <param name="Upload">Where results are put.</param>
/// <param name="Repeats">How many machines of each kind are measured.</param>
/// <param name="Probes">The machines.</param>
internal sealed record FleetManifest(
    int SchemaVersion, string Id, double Minutes, string Upload, int Repeats, IReadOnlyList<FleetProbe> Probes)
{
    /// <summary>The format that is written.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The names under which results are expected: one for each machine of each kind.</summary>
    [JsonIgnore]
    public IEnumerable<string> Expected =>
        Probes.SelectMany(probe => Enumerable.Range(0, Repeats).Select(turn => ResultName(probe.Name, turn)));

    /// <summary>The name of a result.</summary>
    public static string ResultName(string probe, int turn) => $"{probe}-{turn}";
}

/// <summary>The contract of <c>fleet.json</c>.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FleetManifest))]
internal sealed partial class FleetJson : JsonSerializerContext;
