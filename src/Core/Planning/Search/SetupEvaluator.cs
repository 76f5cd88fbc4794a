using System.Runtime.CompilerServices;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Samples;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>Predicts the setups of one model on one platform. Evaluating allocates nothing.</summary>
/// <param name="memory">Memory of the model, and how sure it is.</param>
/// <param name="time">Step time of the model on the platform.</param>
/// <param name="limit">Memory of a device that a run may use, and the confidence with which it must do.</param>
/// <param name="speed">Multiple of the predicted speed that is taken.</param>
/// <param name="samples">Samples whose padding decides how long a computed sequence is; null where every position is.</param>
/// <param name="hostBytes">Memory of one machine's host that its ranks may use together; infinite where it is not known.</param>
internal sealed class SetupEvaluator(PeakOutlook memory, StepTimeModel time, MemoryLimit limit, double speed = 1, SampleSet? samples = null,
    double hostBytes = double.PositiveInfinity)
{
    /// <summary>Peak memory of one device under a setup, in bytes.</summary>
    public double MemoryBytes(in TrainingSetup setup) => memory.Model.Predict(setup).Total.Count;

    /// <summary>True when the setup fits the device with the asked confidence.</summary>
    public bool Fits(in TrainingSetup setup) => memory.Fits(setup, limit);

    /// <summary>By what fraction a setup needs more of the host's memory than there is; ≤ 0 when it has enough.</summary>
    public double HostExcess(in TrainingSetup setup) => setup.KeepsInputsOnHost
        ? Math.Min(setup.Gpus, setup.GpusPerNode) * memory.Model.HostBytes(setup) / hostBytes - 1
        : 0;

    /// <summary>By what fraction the memory that a setup needs at the asked confidence exceeds the device's; ≤ 0 when it fits.</summary>
    public double Excess(in TrainingSetup setup) => memory.Needed(setup, limit) / limit.Bytes - 1;

    /// <summary>True when <see cref="Excess"/> is no less than a fraction, without working it out.</summary>
    public bool ExceedsBy(in TrainingSetup setup, double excess) => memory.NeedsAtLeast(setup, limit, (1 + excess) * limit.Bytes);

    /// <summary>Memory and time of a setup.</summary>
    public Evaluation Evaluate(in TrainingSetup setup) => Evaluate(setup, MemoryBytes(setup));

    /// <summary>Time of a setup whose memory is known.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Evaluation Evaluate(in TrainingSetup setup, double memoryBytes) =>
        new(setup, time.Predict(Computed(setup)).TotalSeconds / speed, time.LogSpread(setup), memoryBytes);

    /// <summary>
    /// Time of a setup, with a spread that its own is not below and no memory: cheap, and enough to leave most setups out.
    /// </summary>
    public Evaluation AtBest(in TrainingSetup setup) =>
        new(setup, time.Predict(Computed(setup)).TotalSeconds / speed, time.LeastLogSpread(setup), 0);

    /// <summary>The same with the setup's own spread and its memory.</summary>
    public Evaluation Complete(in Evaluation atBest) =>
        atBest with { LogSpread = time.LogSpread(atBest.Setup), MemoryBytes = MemoryBytes(atBest.Setup) };

    private TrainingSetup Computed(in TrainingSetup setup) => samples is { Padded: true } ? samples.Computed(setup) : setup;

    /// <summary>The largest micro-batch that fits, by bisection: memory grows with the micro-batch.</summary>
    /// <param name="setup">The setup but for its micro-batch.</param>
    /// <param name="fits">One that fits; 0 where none is known to.</param>
    /// <param name="tooLarge">One that doesn't, or is not to be tried.</param>
    public int LargestMicroBatch(in TrainingSetup setup, int fits, int tooLarge)
    {
        while (tooLarge - fits > 1)
        {
            var middle = fits + (tooLarge - fits) / 2;
            var tried = setup with { MicroBatch = middle };
            if (Fits(tried) && HostExcess(tried) <= 0)
                fits = middle;
            else
                tooLarge = middle;
        }
        return fits;
    }
}
