using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Memory;

/// <summary>Which peak a tool prints. Each kind counts all that the kinds before it count.</summary>
public enum PeakMemoryKind
{
    /// <summary>Live tensors: <c>torch.cuda.max_memory_allocated</c>.</summary>
    [JsonStringEnumMemberName("allocated")] Allocated,

    /// <summary>What the caching allocator holds: <c>torch.cuda.max_memory_reserved</c>.</summary>
    [JsonStringEnumMemberName("reserved")] Reserved,

    /// <summary>What the device has in use, context and libraries included: <c>nvidia-smi</c>.</summary>
    [JsonStringEnumMemberName("device")] Device,
}
