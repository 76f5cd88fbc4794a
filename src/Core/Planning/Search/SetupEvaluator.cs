using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>Predicts the setups of one model on one platform. Evaluating allocates nothing.</summary>
/// <param name="memory">Memory of the model.</param>
/// <param name="time">Step time of the model on the platform.</param>
/// <param name="deviceBytes">Memory of a device that a run may use.</param>
/// <param name="speed">Multiple of the predicted speed that is taken.</param>
public sealed class SetupEvaluator(MemoryModel memory, StepTimeModel time, double deviceBytes, double speed = 1)
{
    /// <summary>Memory of a device that a run may use.</summary>
    public double DeviceBytes { get; } = deviceBytes;

    /// <summary>Peak memory of one device under a setup, in bytes.</summary>
    public double MemoryBytes(in TrainingSetup setup) => memory.Predict(setup).Total.Count;

    /// <summary>True when the setup fits the device.</summary>
    public bool Fits(in TrainingSetup setup) => MemoryBytes(setup) <= DeviceBytes;

    /// <summary>Memory and time of a setup.</summary>
    public Evaluation Evaluate(in TrainingSetup setup) => Evaluate(setup, MemoryBytes(setup));

    /// <summary>Time of a setup whose memory is known.</summary>
    public Evaluation Evaluate(in TrainingSetup setup, double memoryBytes) =>
        new(setup, time.Predict(setup).TotalSeconds / speed, time.LogSpread(setup), memoryBytes);

    /// <summary>
    /// The largest micro-batch up to <paramref name="most"/> that fits, by bisection: memory grows with the micro-batch.
    /// Zero when none fits.
    /// </summary>
    public int LargestMicroBatch(in TrainingSetup setup, int most)
    {
        var (fits, tooLarge) = (0, most + 1);
        while (tooLarge - fits > 1)
        {
            var middle = fits + (tooLarge - fits) / 2;
            if (Fits(setup with { MicroBatch = middle }))
                fits = middle;
            else
                tooLarge = middle;
        }
        return fits;
    }
}
