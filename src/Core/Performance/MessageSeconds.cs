namespace SlmPlanner.Core.Performance;

/// <summary>Seconds that a step's messages take, by what computation may run beside them.</summary>
/// <param name="BlockingPerMicroBatch">Waited for at once, in every micro-batch.</param>
/// <param name="BesidePerMicroBatch">Under way while the next block is computed, in every micro-batch.</param>
/// <param name="BlockingPerStep">Waited for at once, once a step.</param>
/// <param name="BesidePerStep">Under way during the last micro-batch's backward pass, once a step.</param>
internal readonly record struct MessageSeconds(
    double BlockingPerMicroBatch, double BesidePerMicroBatch, double BlockingPerStep, double BesidePerStep);
