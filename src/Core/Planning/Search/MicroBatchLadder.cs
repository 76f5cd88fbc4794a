using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>The micro-batches tried on a number of devices: powers of two, and the whole global batch at once.</summary>
/// <param name="Batch">The target.</param>
/// <param name="Gpus">Devices.</param>
/// <param name="Largest">The largest micro-batch that keeps the target; 0 when even one sequence per device is too much.</param>
/// <param name="Rungs">Micro-batches ascending, each with the accumulation that brings it to the global batch.</param>
public sealed record MicroBatchLadder(GlobalBatch Batch, int Gpus, int Largest, IReadOnlyList<Rung> Rungs)
{
    /// <summary>True when the request fixes the micro-batch.</summary>
    public bool Fixed { get; private init; }

    /// <summary>The ladder of a request on a number of devices: all powers of two, or the one micro-batch it asks for.</summary>
    public static MicroBatchLadder Of(PlanRequest request, int gpus)
    {
        var ladder = Of(new GlobalBatch(request.GlobalBatchTokens, request.SeqLen!.Value), gpus);
        return request.MicroBatch is { } micro ? ladder.Only(micro) : ladder;
    }

    /// <summary>The ladder of a global batch on a number of devices.</summary>
    public static MicroBatchLadder Of(GlobalBatch batch, int gpus)
    {
        var largest = batch.LargestMicroBatch(gpus);
        var rungs = new List<Rung>();
        for (var micro = 1; micro <= largest; micro *= 2)
        {
            if (batch.TryAccumulate(micro, gpus, out var gradAccum))
                rungs.Add(new(micro, gradAccum));
        }
        var whole = batch.Balanced(Math.Max(1, largest), gpus);
        if (largest > 0 && batch.TryAccumulate(whole, gpus, out var once) && rungs.TrueForAll(rung => rung.MicroBatch != whole))
            rungs.Add(new(whole, once));
        return new(batch, gpus, largest, [.. rungs.OrderBy(rung => rung.MicroBatch)]);
    }

    /// <summary>
    /// The rung made of the largest micro-batch that fits, evened out over its accumulation;
    /// null when it is on the ladder already, or misses the global batch.
    /// </summary>
    public Rung? LargestFitting(int fits)
    {
        if (Fixed)
            return null;
        var micro = Batch.Balanced(fits, Gpus);
        return Rungs.All(rung => rung.MicroBatch != micro) && Batch.TryAccumulate(micro, Gpus, out var gradAccum) ? new Rung(micro, gradAccum) : null;
    }

    private MicroBatchLadder Only(int micro) => this with
    {
        Fixed = true,
        Rungs = micro <= Largest && Batch.TryAccumulate(micro, Gpus, out var gradAccum) ? [new(micro, gradAccum)] : [],
    };
}

/// <summary>A micro-batch with its accumulation.</summary>
/// <param name="MicroBatch">Sequences per device and forward pass.</param>
/// <param name="GradAccum">Micro-batches per optimizer step.</param>
public readonly record struct Rung(int MicroBatch, int GradAccum);
