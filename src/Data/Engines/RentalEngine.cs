using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Engines;

/// <summary>An engine that rents machines: where it does, and what it calls them, from a table that ships with the program.</summary>
public sealed class RentalEngine
{
    private const string Anywhere = "any";
    private static readonly RentalEngineList Table =
        JsonFile.Beside(typeof(RentalEngine), "rental-engines.json", RentalEngineContext.Default.RentalEngineList);
    private readonly RentalEngineFacts _facts;

    private RentalEngine(string option) => _facts = Table.Engines.Single(engine => engine.Option == option);

    /// <summary>SkyPilot.</summary>
    public static RentalEngine SkyPilot { get; } = new("skypilot");

    /// <summary>dstack.</summary>
    public static RentalEngine Dstack { get; } = new("dstack");

    /// <summary>What the engine calls a provider.</summary>
    /// <exception cref="InputException">It doesn't rent there.</exception>
    public string CloudOf(string provider) => _facts.Clouds.TryGetValue(provider, out var cloud) ? cloud
        : throw new InputException($"{_facts.Name} does not rent at {provider}; it does at "
            + $"{string.Join(", ", _facts.Clouds.Keys.Order(StringComparer.Ordinal))}. Choose offers there (--providers), or write for "
            + "machines that you rent yourself (torchrun, slurm, kubernetes)");

    /// <summary>What the engine calls a device at a provider.</summary>
    /// <param name="gpu">Its canonical name.</param>
    /// <param name="provider">Our name of the provider.</param>
    public string AcceleratorOf(string gpu, string provider) => !_facts.Accelerators.TryGetValue(gpu, out var names) ? gpu
        : names.GetValueOrDefault(provider) ?? names[Anywhere];

    /// <summary>The region as the engine takes it; null to rent in any, where the offer names none or says it in other words.</summary>
    /// <param name="region">The offer's; null where it names none.</param>
    public string? RegionOf(string? region) =>
        region is null or Anywhere || (_facts.TakesRegionCodesOnly && !IsCode(region)) ? null : region;

    private static bool IsCode(string region) => region.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}

/// <summary>The table's file.</summary>
/// <param name="Engines">The engines.</param>
internal sealed record RentalEngineList(IReadOnlyList<RentalEngineFacts> Engines);

/// <summary>One engine of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Option">What it is called in options.</param>
/// <param name="Source">Where the names were read.</param>
/// <param name="Date">When.</param>
/// <param name="TakesRegionCodesOnly">True where a region is a cloud's code, letters, digits and hyphens, and never a city's name.</param>
/// <param name="Clouds">Our provider → the engine's name, of all at which it rents.</param>
/// <param name="Accelerators">Canonical device name → its name at a provider, <c>any</c> at all others; devices that it calls as we do are
/// left out.</param>
internal sealed record RentalEngineFacts(
    string Name, string Option, string Source, DateOnly Date, bool TakesRegionCodesOnly, IReadOnlyDictionary<string, string> Clouds,
    IReadOnlyDictionary<string, Dictionary<string, string>> Accelerators);

/// <summary>Its contract.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RentalEngineList))]
internal sealed partial class RentalEngineContext : JsonSerializerContext;
