using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Samples;

/// <summary>How samples become sequences.</summary>
public enum SampleLayout
{
    /// <summary>Several samples in one sequence.</summary>
    [JsonStringEnumMemberName("packed")] Packed,

    /// <summary>Each sample a sequence of its own, filled up to the longest of its micro-batch.</summary>
    [JsonStringEnumMemberName("padded")] Padded,
}
