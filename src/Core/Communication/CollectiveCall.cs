using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Communication;

/// <summary>A collective that a step makes.</summary>
/// <param name="Operation">What is done.</param>
/// <param name="Bytes">Bytes of the whole message, as nccl-tests counts them: what is summed, or what is there when all parts are
/// together.</param>
/// <param name="Axis">Among which ranks.</param>
/// <param name="Times">How often in its phase, ≥ 0.</param>
/// <param name="Phase">When.</param>
/// <param name="Overlaps">Whether it may run beside computation; elsewhere it is waited for.</param>
internal readonly record struct CollectiveCall(
    CollectiveOperation Operation, double Bytes, MeshAxis Axis, double Times, CallPhase Phase, bool Overlaps);

/// <summary>How often a call is made.</summary>
internal enum CallPhase
{
    /// <summary>In every micro-batch.</summary>
    MicroBatch,

    /// <summary>Once in a step, in the last micro-batch's backward pass or at the update.</summary>
    Step,
}
