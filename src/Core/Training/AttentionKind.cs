using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>How attention is computed.</summary>
public enum AttentionKind
{
    /// <summary>A fused, tiled kernel that never stores the s × s scores (Dao et al. 2022).</summary>
    [JsonStringEnumMemberName("flash")] Flash,

    /// <summary>Explicit softmax(QKᵀ)V, which stores the s × s scores.</summary>
    [JsonStringEnumMemberName("vanilla")] Vanilla,
}
