using SlmPlanner.Core.Time.Terms;

namespace SlmPlanner.Core.Time;

/// <summary>
/// The coefficients of <see cref="StepTimeEquation"/>, by the names that fit files use. All are positive and are fitted as natural
/// logarithms, so that a deviation is a relative one. Each belongs to a term in <c>Terms</c>, which has its prior; a new one goes to the
/// end.
/// </summary>
public enum StepCoefficient
{
    /// <summary>Factor on the whole step: what no other term explains.</summary>
    Speed,

    /// <summary>Peak matrix rate over the rate of a large, aligned multiply.</summary>
    MatmulInverseEfficiency,

    /// <summary>Multiplies' operand and result bytes that reach memory, over the bytes counted once.</summary>
    OperandTraffic,

    /// <summary>Picojoules of board energy per 16-bit operation: board power over this bounds the rate of multiplies.</summary>
    PowerPerFlop,

    /// <summary>Peak matrix rate over the rate of a fused attention kernel with heads of 128.</summary>
    FlashInverseEfficiency,

    /// <summary>Slow-down of fused attention with heads of 64.</summary>
    FlashSmallHead,

    /// <summary>Times that the s × s scores cross memory, forward and backward, without a fused kernel.</summary>
    ScorePasses,

    /// <summary>Times that an activation of a block crosses memory in memory-bound kernels, forward and backward.</summary>
    BlockPasses,

    /// <summary>16-bit words that cross memory per logit, forward and backward.</summary>
    LogitPasses,

    /// <summary>Host time per block and micro-batch to launch its kernels, forward and backward, in seconds.</summary>
    LaunchSecondsPerLayer,

    /// <summary>Host time per micro-batch outside the blocks, in seconds.</summary>
    LaunchSecondsPerMicroBatch,

    /// <summary>Optimizer traffic over the bytes of its states.</summary>
    OptimizerTraffic,

    /// <summary>Time per step of one device that depends on nothing, in seconds.</summary>
    FixedSeconds,

    /// <summary>Datasheet rate of the link inside a node over the rate that collectives reach.</summary>
    IntraNodeInverseEfficiency,

    /// <summary>The same between nodes.</summary>
    InterNodeInverseEfficiency,

    /// <summary>Exponent with which the rate between nodes falls as nodes are added.</summary>
    Congestion,

    /// <summary>Odds that communication that could be hidden is hidden.</summary>
    Overlap,

    /// <summary>Seconds that a ring or tree takes to start, whatever its size and ranks.</summary>
    CollectiveLatencySeconds,

    /// <summary>Datasheet gain of 8-bit multiplies over the gain had.</summary>
    Fp8InverseGain,

    /// <summary>Relative loss of a multiply whose narrow side is 128.</summary>
    NarrowWidth,

    /// <summary>Factor on gathered and scattered bytes of sharded parallelism.</summary>
    GatherTraffic,

    /// <summary>Slow-down of a multiply whose width is no multiple of 8 elements.</summary>
    Misalignment,

    /// <summary>Factor on the multiply of the output head.</summary>
    HeadMatmul,

    /// <summary>Sharpness of the smooth maximum of device work and host launches.</summary>
    LaunchSharpness,

    /// <summary>Seconds of one hop of a ring over the network; hops inside a node and of other algorithms are fixed shares of it.</summary>
    RingHopSeconds,

    /// <summary>Energy of an 8-bit operation over that of a 16-bit one.</summary>
    Fp8Energy,

    /// <summary>Energy of a TensorFloat-32 operation over that of a 16-bit one.</summary>
    Tf32Energy,

    /// <summary>Energy of an fp32 operation over that of a 16-bit one.</summary>
    Fp32Energy,

    /// <summary>Factor on the multiplies of routed experts.</summary>
    ExpertMatmul,

    /// <summary>Passes over the inputs and outputs of a recurrence, forward and backward.</summary>
    RecurrencePasses,
    /// <summary>Time of tensor-parallel exchanges over that of the same messages by the link's own rates.</summary>
    TensorTraffic,

    /// <summary>Host time per block and micro-batch to start tensor-parallel exchanges, in seconds.</summary>
    TensorLaunchSeconds,

    /// <summary>
    /// Seconds per block, micro-batch and tensor-parallel rank that exchanges take, whatever their bytes, in a pipeline over nodes.
    /// </summary>
    StagedTensorSeconds,

    /// <summary>Seconds that a message from stage to stage takes beyond its bytes.</summary>
    StageSeconds,

    /// <summary>Waiting at both ends of a pipeline's step over that of the schedule.</summary>
    BubbleShare,

    /// <summary>Time of the ring of keys and values over that of the same messages by the link's own rates.</summary>
    ContextTraffic,

    /// <summary>Bytes that adapters and dequantised weights move over those that are counted.</summary>
    AdapterTraffic,

    /// <summary>Time of the messages to experts and back over that of the same messages by the link's own rates.</summary>
    ExpertTraffic,

    /// <summary>Time of activations to the host's memory and back over that of the same bytes by the slot's own rate.</summary>
    HostTraffic,

    /// <summary>Host time to launch a block with 8-bit multiplies over that of one with 16-bit ones.</summary>
    Fp8Launches,

    /// <summary>Share of the blocks' forward work that full recomputation does again.</summary>
    RepeatedShare,

    /// <summary>Exponent with which the time per step that depends on nothing else grows with the number of devices.</summary>
    FixedGrowth,
}
