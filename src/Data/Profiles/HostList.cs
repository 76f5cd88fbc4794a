namespace SlmPlanner.Data.Profiles;

/// <summary>The contract of <c>hosts.json</c>: machines that carry accelerators which catalogs price apart from them.</summary>
public sealed record HostList
{
    /// <summary>Version of this format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>Where the pairs come from.</summary>
    public required string Source { get; init; }

    /// <summary>Machines per accelerator and number.</summary>
    public required IReadOnlyList<HostEntry> Hosts { get; init; }
}

/// <summary>The machines that carry so many of an accelerator.</summary>
/// <param name="Accelerator">The accelerator as the catalog spells it.</param>
/// <param name="Count">Accelerators in the machine.</param>
/// <param name="InstanceTypes">The machines.</param>
public sealed record HostEntry(string Accelerator, int Count, IReadOnlyList<string> InstanceTypes);
