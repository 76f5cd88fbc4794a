using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>Which parameters are trained.</summary>
public enum TuningMethod
{
    /// <summary>All of them.</summary>
    [JsonStringEnumMemberName("full")] Full,

    /// <summary>Low-rank adapters beside frozen 16-bit weights (Hu et al. 2021, arXiv 2106.09685).</summary>
    [JsonStringEnumMemberName("lora")] Lora,

    /// <summary>The same beside frozen 4-bit weights (Dettmers et al. 2023, arXiv 2305.14314).</summary>
    [JsonStringEnumMemberName("qlora")] Qlora,

    /// <summary>The last blocks; the rest is frozen.</summary>
    [JsonStringEnumMemberName("freeze")] Freeze,
}

/// <summary>How a base model is trained further. The default trains every parameter.</summary>
/// <param name="Method">Which parameters are trained.</param>
/// <param name="Rank">Rank of the adapters, ≥ 1; says nothing without adapters.</param>
/// <param name="Targets">The matrices that have adapters.</param>
/// <param name="BaseBits">Bits of a frozen weight: 16, 8 or 4; 0 for the method's own, 16, or 4 with
/// <see cref="TuningMethod.Qlora"/>.</param>
/// <param name="TrainedBlocks">Blocks that <see cref="TuningMethod.Freeze"/> trains, counted from the last, ≥ 1.</param>
public readonly record struct Tuning(
    TuningMethod Method, int Rank = Tuning.UsualRank, AdapterTargets Targets = AdapterTargets.Attention, int BaseBits = 0,
    int TrainedBlocks = Tuning.UsualBlocks)
{
    /// <summary>Rank where none is stated.</summary>
    public const int UsualRank = 16;

    /// <summary>Bytes of a frozen weight of a table, and of a block's where it is not quantised.</summary>
    public const double WideBytes = 2;

    /// <summary>Blocks that are trained where none are stated.</summary>
    public const int UsualBlocks = 2;

    /// <summary>Every parameter is trained.</summary>
    public static Tuning Full { get; }

    /// <summary>True where adapters are trained beside frozen weights.</summary>
    [JsonIgnore]
    public bool HasAdapters => Method is TuningMethod.Lora or TuningMethod.Qlora;

    /// <summary>True where some weights are frozen.</summary>
    [JsonIgnore]
    public bool Freezes => Method != TuningMethod.Full;

    /// <summary>Bits of a frozen weight.</summary>
    [JsonIgnore]
    public int FrozenBits => BaseBits > 0 ? BaseBits : Method == TuningMethod.Qlora ? 4 : 16;

    /// <summary>True where frozen weights are kept in fewer bits than they are multiplied in.</summary>
    [JsonIgnore]
    public bool Quantises => Freezes && FrozenBits < 16;

    /// <summary>
    /// Bytes of a frozen weight of a block: 2, or its bits and a scale of 8 bits for each 64 weights and one of 32 for each 256 scales
    /// (Dettmers et al. 2023, section 3).
    /// </summary>
    [JsonIgnore]
    public double FrozenBytes => FrozenBits < 16 ? (FrozenBits / 8.0) + (1 / 64.0) + (4 / 64.0 / 256) : WideBytes;
}
