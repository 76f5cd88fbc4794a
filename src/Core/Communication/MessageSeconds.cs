using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Communication;

/// <summary>Seconds that a step's messages take, by what computation may run beside them.</summary>
/// <param name="BlockingPerMicroBatch">Waited for at once, in every micro-batch.</param>
/// <param name="BesidePerMicroBatch">Under way while the next block is computed, in every micro-batch.</param>
/// <param name="BlockingPerStep">Waited for at once, once a step.</param>
/// <param name="BesidePerStep">Under way during the last micro-batch's backward pass, once a step.</param>
internal readonly record struct MessageSeconds(
    double BlockingPerMicroBatch, double BesidePerMicroBatch, double BlockingPerStep, double BesidePerStep)
{
    /// <summary>Adds the calls of a schedule up.</summary>
    /// <param name="calls">The calls of one step.</param>
    /// <param name="layout">How ranks lie on nodes.</param>
    /// <param name="link">How long each call takes.</param>
    public static MessageSeconds Of<TLink>(ReadOnlySpan<CollectiveCall> calls, in Layout layout, in TLink link)
        where TLink : struct, ILinkModel
    {
        double blockingMicroBatch = 0, besideMicroBatch = 0, blockingStep = 0, besideStep = 0;
        foreach (ref readonly var call in calls)
        {
            var seconds = call.Times * link.Seconds(call, layout);
            switch (call.Phase, call.Overlaps)
            {
                case (CallPhase.MicroBatch, false): blockingMicroBatch += seconds; break;
                case (CallPhase.MicroBatch, true): besideMicroBatch += seconds; break;
                case (CallPhase.Step, false): blockingStep += seconds; break;
                default: besideStep += seconds; break;
            }
        }
        return new(blockingMicroBatch, besideMicroBatch, blockingStep, besideStep);
    }
}
