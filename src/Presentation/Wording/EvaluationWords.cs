using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Presentation.Wording;

/// <summary>An evaluation between steps, and what it needs of memory.</summary>
internal static class EvaluationWords
{
    /// <summary>What a setup says of it, after all else; empty without one.</summary>
    /// <param name="sequences">Sequences per device; 0 or null for none.</param>
    public static string After(int? sequences) => sequences > 0 ? $", evaluation of {sequences}" : "";

    /// <summary>What a table of a setup says of it.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(Candidate candidate)
    {
        if (candidate.EvalBatch is { } sequences)
            yield return ("evaluation", $"{Sequences(sequences)} per GPU at a time"
                + (candidate.EvaluationPeak is null ? "" : ", which decides the peak memory"));
    }

    /// <summary>That the evaluation decides the peak, and what would not; null where training does.</summary>
    public static string? Of(Candidate candidate) =>
        candidate.EvaluationPeak is { } peak ? Of(peak, candidate.PeakMemoryBytes) : null;

    /// <summary>The same of an evaluation.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="peakBytes">Its peak.</param>
    public static string Of(EvaluationPeak evaluation, double peakBytes) =>
        $"The evaluation's batch decides the peak memory, not training: {Sequences(evaluation.Sequences)} per GPU need"
        + $" {Readable.Gib(peakBytes)}, training {Readable.Gib(evaluation.TrainingBytes)}."
        + (evaluation.CoveredSequences > 0
            ? $" Up to {Sequences(evaluation.CoveredSequences)} need no more than training (--eval-batch {evaluation.CoveredSequences})."
            : " Even one sequence needs more than training.");

    private static string Sequences(int count) => count == 1 ? "1 sequence" : $"{Readable.Whole(count)} sequences";
}
