using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>What a reader of a plan for fine-tuning should know.</summary>
internal static class FineTuningFindings
{
    /// <summary>Share of waste from which it is told.</summary>
    private const double Telling = 0.02;

    /// <summary>The findings, in a fixed order.</summary>
    public static IEnumerable<Finding> Of(SearchGoal goal, Choice chosen)
    {
        var (setup, tuning) = (chosen.Priced.Evaluation.Setup, goal.Tuning ?? default);
        if (tuning.Freezes)
            yield return new FineTuningNotFitted(tuning.Method, (long)TrainableCount.Of(goal.Model).Of(tuning),
                ParameterCount.Of(goal.Model).Total);
        if (tuning.Freezes && setup.Layout.SplitsModel)
            yield return new FrozenModelShared(
                Scheme.Of(setup.Layout), tuning.Method == TuningMethod.Freeze && setup.Mesh.Pipeline > 1);
        if (goal.Samples is not { Lengths: { } lengths } samples)
            yield break;
        yield return new SamplesCounted((samples.Count ?? lengths.Count) * samples.Epochs, samples.Epochs, goal.Tokens, lengths.Estimated);
        if (samples.WastedShare(setup) is > Telling and var wasted)
            yield return new PositionsWasted(wasted, samples.Padded, samples.Padded ? Samples.Packing.EmptyShare(lengths, setup.SeqLen)
                : wasted, setup.MicroBatch);
        if (lengths.CutShare(setup.SeqLen) is > 0 and var cut)
            yield return new SamplesCut(cut, setup.SeqLen, lengths.Longest);
    }
}

/// <summary>The speed of training beside frozen weights rests on counted work: no run of that kind is in the fit.</summary>
/// <param name="Method">How it is trained.</param>
/// <param name="Trained">Parameters that are trained.</param>
/// <param name="Parameters">All parameters.</param>
public sealed record FineTuningNotFitted(TuningMethod Method, long Trained, long Parameters)
    : Finding(Severity.Hint, "fine-tuning-not-fitted");

/// <summary>Ranks share a model whose weights are frozen: no measured run did both.</summary>
/// <param name="Parallelism">How it is shared.</param>
/// <param name="HasFrozenStages">True where stages may have frozen blocks alone.</param>
public sealed record FrozenModelShared(Scheme Parallelism, bool HasFrozenStages) : Finding(Severity.Hint, "frozen-model-shared");

/// <summary>What the samples come to.</summary>
/// <param name="Samples">Samples of all epochs.</param>
/// <param name="Epochs">Times that each is gone over.</param>
/// <param name="Tokens">Tokens of all.</param>
/// <param name="Estimated">True where tokens were estimated from characters.</param>
public sealed record SamplesCounted(double Samples, double Epochs, double Tokens, bool Estimated)
    : Finding(Estimated ? Severity.Warning : Severity.Hint, "samples-counted");

/// <summary>Positions are computed that hold no token.</summary>
/// <param name="Share">Their share, 0 to 1.</param>
/// <param name="Padded">True where samples are padded; else packing leaves them.</param>
/// <param name="PackedShare">Their share if samples were packed.</param>
/// <param name="MicroBatch">Samples that are padded to the longest of them.</param>
public sealed record PositionsWasted(double Share, bool Padded, double PackedShare, int MicroBatch) : Finding(
    Padded && Share - PackedShare > 0.1 ? Severity.Warning : Severity.Hint, "positions-wasted");

/// <summary>Samples are longer than a sequence and are cut.</summary>
/// <param name="Share">Their share, 0 to 1.</param>
/// <param name="SeqLen">Tokens of a sequence.</param>
/// <param name="Longest">Tokens of the longest sample.</param>
public sealed record SamplesCut(double Share, int SeqLen, double Longest) : Finding(Severity.Warning, "samples-cut");
