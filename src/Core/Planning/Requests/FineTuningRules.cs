using System.Globalization;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Requests;

/// <summary>What a request for fine-tuning may say.</summary>
internal static class FineTuningRules
{
    private static readonly int[] Bits = [4, 8, 16];

    /// <summary>Every problem; empty for a request that trains from the start and has no samples.</summary>
    public static IEnumerable<string> Problems(PlanRequest request) =>
        [.. request.Tuning is { } tuning ? [.. Of(tuning), .. Together(tuning, request)] : Array.Empty<string>(), .. Samples(request)];

    private static IEnumerable<string> Of(Tuning tuning)
    {
        if (tuning.HasAdapters && RequestRanges.Rank.Problem(tuning.Rank) is { } rank)
            yield return rank;
        if (tuning.Method == TuningMethod.Freeze && RequestRanges.TrainedBlocks.Problem(tuning.TrainedBlocks) is { } blocks)
            yield return blocks;
        if (tuning.BaseBits != 0 && !Bits.Contains(tuning.BaseBits))
            yield return Invariant($"base_bits are {tuning.BaseBits}, allowed 16, 8 or 4");
        if (tuning.BaseBits is 4 or 8 && !tuning.HasAdapters)
            yield return Invariant($"base_bits are {tuning.BaseBits}: only methods lora and qlora keep their base in fewer than 16");
        if (tuning is { Method: TuningMethod.Qlora, BaseBits: 16 })
            yield return "base_bits are 16 with method qlora, allowed 8 or 4; method lora keeps 16";
    }

    private static IEnumerable<string> Together(Tuning tuning, PlanRequest request)
    {
        if (request.Objective == Objective.Loss || request.TargetLoss is not null || request.InferenceTokens is not null)
            yield return "the objective loss, target_loss and inference_tokens rest on a law of training from the start, which says "
                + "nothing of "
                + "fine-tuning; allowed objectives: cost, time, balanced";
        if (request.Model is not { } model)
            yield break;
        if (tuning.HasAdapters && !AdapterSites.Know(model))
            yield return $"method is {Text.DeclaredName.Of(tuning.Method)}: adapters of {model.Name} are not counted, since its blocks "
                + $"have "
                + "latent attention, recurrences or shared weights; allowed full or freeze";
        if (tuning.Method == TuningMethod.Freeze && tuning.TrainedBlocks > model.Layers)
            yield return Invariant($"trained_blocks are {tuning.TrainedBlocks}, allowed up to the {model.Layers} of {model.Name}");
        foreach (var scheme in request.Parallelisms.Where(scheme => !ModelDivision.Trains(scheme.Chunks, tuning)))
            yield return $"parallelism is '{scheme}': with method freeze the first parts of a stage have no backward pass, and no "
                + $"interleaved schedule for that is known; allowed with it: {scheme with { Chunks = 1 }}";
    }

    private static IEnumerable<string> Samples(PlanRequest request)
    {
        if (request.Samples is not { } samples)
            yield break;
        if (RequestRanges.Samples.Problem(samples.Count) is { } count)
            yield return count;
        if (RequestRanges.Epochs.Problem(samples.Epochs) is { } epochs)
            yield return epochs;
        if (samples.Lengths is null && (samples.Count is not null || samples.Padded || request.Tokens is null))
            yield return "lengths of the samples are missing; give a file or a histogram, or tokens alone";
        if (samples.Lengths is null && samples.Epochs != 1)
            yield return Invariant($"epochs are {samples.Epochs}, which count samples; tokens are those of all epochs: allowed with samples and their lengths");
        if (request.UniqueTokens is not null)
            yield return "unique_tokens are given beside samples, allowed one: epochs say how often samples are gone over";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
