using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>The rule by which parameters are updated: it decides the states that are kept and the work of the step.</summary>
public enum OptimizerKind
{
    /// <summary>Two moments a parameter, worked through all tensors at once (PyTorch's default, foreach).</summary>
    [JsonStringEnumMemberName("adamw")] AdamW,

    /// <summary>The same in one kernel, which needs no temporaries (<c>fused=True</c>, Apex, DeepSpeed).</summary>
    [JsonStringEnumMemberName("adamw-fused")] AdamWFused,

    /// <summary>Two moments of one byte each, in blocks of 256 with a scale (Dettmers et al. 2022, arXiv 2110.02861).</summary>
    [JsonStringEnumMemberName("adamw-8bit")] AdamW8Bit,

    /// <summary>Row and column means of the second moment alone, no first moment (Shazeer and Stern 2018, arXiv 1804.04235).</summary>
    [JsonStringEnumMemberName("adafactor")] Adafactor,

    /// <summary>One moment a parameter (Chen et al. 2023, arXiv 2302.06675).</summary>
    [JsonStringEnumMemberName("lion")] Lion,

    /// <summary>
    /// One moment and an orthogonalised update for the matrices of blocks, AdamW for the rest (Jordan et al. 2024; Liu et al. 2025, arXiv
    /// 2502.16982).
    /// </summary>
    [JsonStringEnumMemberName("muon")] Muon,

    /// <summary>AdamW in the eigenbasis of Shampoo's preconditioners, which are kept too (Vyas et al. 2024, arXiv 2409.11321).</summary>
    [JsonStringEnumMemberName("soap")] Soap,

    /// <summary>Plain gradient descent without momentum: no states.</summary>
    [JsonStringEnumMemberName("sgd")] Sgd,
}

/// <summary>The optimizer of a run and where it works.</summary>
/// <param name="Kind">Its rule.</param>
/// <param name="OnHost">True where states and update live in the host's memory (ZeRO-Offload).</param>
/// <param name="Paged">True where its states move to the host's memory as the device fills (Dettmers et al. 2023, section 3).</param>
/// <param name="InBackward">True where each parameter is updated as soon as its gradient is there, so that gradients are never all
/// alive.</param>
public readonly record struct Optimizer(OptimizerKind Kind = OptimizerKind.AdamW, bool OnHost = false, bool Paged = false,
    bool InBackward = false);
