using System.Globalization;

namespace SlmPlanner.Data.Profiles;

/// <summary>The contract of <c>architectures.json</c>: what is known of a device by its architecture alone.</summary>
/// <param name="SchemaVersion">Version of this format.</param>
/// <param name="FlashAttention">Architectures that FlashAttention has kernels for.</param>
/// <param name="PriorStarts">Of earlier files: where coefficients start, which the terms of the step-time model say themselves. Not
/// used.</param>
internal sealed record ArchitectureList(
    int SchemaVersion, IReadOnlyList<ArchitectureRange> FlashAttention, IReadOnlyList<PriorStart>? PriorStarts = null);

/// <summary>A range of architectures: CUDA compute capabilities from a number on, or names with a beginning.</summary>
/// <param name="Source">Where it was read.</param>
/// <param name="Date">When.</param>
/// <param name="FromComputeCapability">The least compute capability; null where names are meant.</param>
/// <param name="Prefix">How the names begin; null where numbers are meant.</param>
internal sealed record ArchitectureRange(string Source, DateOnly Date, double? FromComputeCapability = null, string? Prefix = null)
{
    /// <summary>True when an architecture is in the range.</summary>
    public bool Contains(string architecture) =>
        (Prefix is { } prefix && architecture.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || (FromComputeCapability is { } least
            && double.TryParse(architecture, CultureInfo.InvariantCulture, out var capability) && capability >= least);
}

/// <summary>Where a coefficient starts before measurements, as a logarithm relative to the population.</summary>
/// <param name="Coefficient">The coefficient.</param>
/// <param name="Level">The group level, <c>Architecture</c> or <c>AttentionKernel</c>.</param>
/// <param name="Keys">The groups.</param>
/// <param name="LogStart">The start.</param>
/// <param name="Source">Where it is from.</param>
/// <param name="Date">When that was read.</param>
internal sealed record PriorStart(string Coefficient, string Level,
    IReadOnlyList<string> Keys, double LogStart, string Source, DateOnly Date);

/// <summary>What is known of a device by its architecture, over all layers.</summary>
internal sealed class ArchitectureFacts(IEnumerable<ArchitectureList> lists)
{
    private readonly ArchitectureRange[] _flash = [.. lists.SelectMany(list => list.FlashAttention)];

    /// <summary>True when FlashAttention has kernels for an architecture; false for null.</summary>
    public bool HasFlash(string? architecture) => architecture is not null && Array.Exists(_flash, range => range.Contains(architecture));
}
