using System.Text.Json.Serialization;

namespace SlmPlanner.Data.Measurements.Bursts;

/// <summary>One optimizer step as it was measured; never averaged, never overwritten.</summary>
/// <param name="Step">Number of the step from the start of the process, warm-up included.</param>
/// <param name="Warmup">True before the run was found steady.</param>
/// <param name="StepSeconds">The whole step, device synchronised at both ends.</param>
/// <param name="ForwardSeconds">All forward passes of the step; null where the device runs ahead of the host.</param>
/// <param name="BackwardSeconds">All backward passes, recomputation included; null likewise.</param>
/// <param name="OptimizerSeconds">The update, communication that it waits for included; null likewise.</param>
/// <param name="Loss">Mean loss of the step's micro-batches before the update.</param>
/// <param name="ReferenceSeconds">The fixed reference work right after the step; null where it is not timed.</param>
/// <param name="WaitSeconds">
/// The longest that one of the busy threads waited for a core meanwhile, because something else ran there; null where the system does not
/// tell.
/// </param>
public sealed record StepSample(
    [property: JsonPropertyName("step")] int Step,
    [property: JsonPropertyName("warmup")] bool Warmup,
    [property: JsonPropertyName("step_s")] double StepSeconds,
    [property: JsonPropertyName("forward_s")] double? ForwardSeconds,
    [property: JsonPropertyName("backward_s")] double? BackwardSeconds,
    [property: JsonPropertyName("optimizer_s")] double? OptimizerSeconds,
    [property: JsonPropertyName("loss")] double Loss,
    [property: JsonPropertyName("reference_s")] double? ReferenceSeconds = null,
    [property: JsonPropertyName("wait_s")] double? WaitSeconds = null);
