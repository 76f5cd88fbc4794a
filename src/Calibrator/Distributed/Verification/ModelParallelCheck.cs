using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Distributed.ModelParallel;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.Verification;

/// <summary>How ranks share a model.</summary>
internal enum ModelSharing
{
    /// <summary>Each multiply and the words.</summary>
    Tensor,

    /// <summary>The blocks, as stages.</summary>
    Pipeline,
}

/// <summary>One way of sharing a model checked against one process.</summary>
/// <param name="Sharing">The way.</param>
/// <param name="Difference">How far it was off, the worst of all ranks.</param>
/// <param name="MovedBytes">Whole-message bytes of a step over all ranks: of all-reduces once, of messages between stages once.</param>
/// <param name="TheoryBytes">Bytes that theory says.</param>
internal sealed record ModelParallelResult(ModelSharing Sharing, StrategyDifference Difference, long MovedBytes, long TheoryBytes)
{
    /// <summary>True when it is equal to rounding and moved exactly what theory says.</summary>
    public bool Right => Difference.Within(StrategyDifference.ToleranceFp32) && MovedBytes == TheoryBytes;

    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Sharing,-8} fp32  loss {Difference.Loss:0.0e+0}  gradients {Difference.Gradients:0.0e+0}  parameters "
        + $"{Difference.Parameters:0.0e+0}"
        + $"  moved {MovedBytes} of {TheoryBytes} bytes  {(Right ? "right" : "WRONG")}");
}

/// <summary>
/// Trains a small model for a few steps on ranks that share it and, on every rank, the same model alone on the same tokens, and compares
/// loss, every gradient and every parameter; then counts what one more step moves.
/// </summary>
internal static class ModelParallelCheck
{
    private const int Steps = 4;

    /// <summary>A model whose heads, words, width and blocks divide among two and four ranks, with a head of its own.</summary>
    public static BurstSpec Small { get; } = StrategyCases.Small with
    {
        NLayers = 4, NKvHeads = 4, Vocab = 96, TiedEmbeddings = false, Parallelism = BurstParallelism.OneRank,
    };

    /// <summary>Checks one way; every rank gets the same result.</summary>
    public static ModelParallelResult Run(RankGroup group, ModelSharing sharing, Device device)
    {
        var (traffic, decoder) = (new Traffic(), new Decoder(Small, device));
        var counted = new CountedCollectives(group.Device, traffic);
        using IModelPart part = sharing == ModelSharing.Tensor
            ? new TensorParallelModel(Small, decoder, device, counted) : new PipelineModel(Small, decoder, device, counted);
        using var alone = new ResidentParameters(decoder, Small.Seed, device, new AdamWSettings());
        var mine = Difference(group, part, decoder, alone, device);
        double Worst(double own) => Math.Max(own, group.Gather(own).Max());
        var worst = new StrategyDifference(Worst(mine.Loss), Worst(mine.Gradients), 0, Worst(mine.Parameters));
        traffic.Reset();
        using var scope = NewDisposeScope();
        part.Pass(Batches(new(Small.Vocab, Small.Seed), device));
        var moved = sharing == ModelSharing.Tensor
            ? traffic.Bytes(CollectiveKind.AllReduce)
            : (long)group.Gather(traffic.Bytes(CollectiveKind.Broadcast)).Sum() / 2;
        return new(sharing, worst, moved, Theory(sharing, group.Size));
    }

    /// <summary>
    /// Bytes of a step: with tensors four all-reduces of s·b·d numbers a block and two for table and head, and three numbers a token for
    /// the loss (Shoeybi et al. 2019, section 3); with stages each of P − 1 boundaries twice (Narayanan et al. 2021, section 2.2). In fp32,
    /// for each micro-batch.
    /// </summary>
    public static long Theory(ModelSharing sharing, int ranks)
    {
        long tokens = (long)Small.MicroBatch * Small.SeqLen, activation = sizeof(float) * tokens * Small.DModel;
        return Small.GradAccum * (ranks == 1 && sharing == ModelSharing.Pipeline ? 0
            : sharing == ModelSharing.Tensor ? ((4 * Small.NLayers) + 2) * activation + 3 * sizeof(float) * tokens
            : 2 * (ranks - 1) * activation);
    }

    private static StrategyDifference Difference(RankGroup group, IModelPart part, Decoder decoder, ResidentParameters alone, Device device)
    {
        var (mine, theirs) = (new TokenStream(Small.Vocab, Small.Seed), new TokenStream(Small.Vocab, Small.Seed));
        var initial = Values(part, alone, tensor => tensor);
        var worst = new StrategyDifference(0, 0, 0, 0);
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            var own = part.Pass(Batches(mine, device));
            var loss = Math.Max(own, group.Gather(own).Max());
            var batches = Batches(theirs, device);
            var pass = new StagedPass(decoder, alone, Small.Recomputation);
            var lossAlone = batches.Select((batch, index) =>
                pass.Run(batch.Tokens, batch.Targets, 1.0 / batches.Count, index == batches.Count - 1, () => { }) / batches.Count).Sum();
            var wanted = Values(part, alone, tensor => tensor.grad!);
            float[] got = [.. part.Parameters.SelectMany(parameter => Flat(parameter.Own.grad!))];
            var largest = wanted.Max(Math.Abs);
            worst = worst.Or(new(Math.Abs((loss / lossAlone) - 1), got.Zip(wanted, (left, right) => Math.Abs(left - right)).Max() / largest,
                0, 0));
            part.Step();
            alone.Step();
        }
        var final = Values(part, alone, tensor => tensor);
        float[] reached = [.. part.Parameters.SelectMany(parameter => Flat(parameter.Own))];
        return worst with { Parameters = Distance(reached, final) / Distance(initial, final) };
    }

    private static List<(Tensor Tokens, Tensor Targets)> Batches(TokenStream stream, Device device) =>
        [.. Enumerable.Range(0, Small.GradAccum).Select(_ => stream.NextBatch(Small.MicroBatch, Small.SeqLen, device))];

    /// <summary>What this rank should have, of the model alone.</summary>
    private static float[] Values(IModelPart part, ResidentParameters alone, Func<Tensor, Tensor> of)
    {
        using var scope = NewDisposeScope();
        return [.. part.Parameters.SelectMany(parameter =>
            Flat(part.Slice(of(alone.Acquire(parameter.Unit)[parameter.Slot]).detach(), parameter.Unit, parameter.Slot)))];
    }

    private static float[] Flat(Tensor tensor) => tensor.detach().cpu().contiguous().data<float>().ToArray();

    private static double Distance(float[] left, float[] right) => Math.Sqrt(left.Zip(right, (a, b) => Math.Pow(a - b, 2)).Average());
}
