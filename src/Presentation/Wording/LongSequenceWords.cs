using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Presentation.Wording;

/// <summary>A loss in chunks and activations in the host's memory.</summary>
internal static class LongSequenceWords
{
    /// <summary>The name of a form of the loss.</summary>
    public static string Name(LossForm form) => form switch
    {
        LossForm.Whole => "whole",
        LossForm.Chunked => "chunked",
        LossForm.Fused => "fused",
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    /// <summary>What a setup says of both, to follow its recomputation; empty where it has neither.</summary>
    /// <param name="loss">The form of the loss; null for the stack's own.</param>
    /// <param name="onHost">True where inputs of blocks wait in the host's memory.</param>
    public static string After(LossForm? loss, bool onHost) =>
        (loss is { } form ? $", loss {Name(form)}" : "") + (onHost ? ", block inputs in the host's memory" : "");

    /// <summary>The same of a candidate.</summary>
    public static string After(Candidate candidate) => After(candidate.Loss, candidate.Offload == Offload.Activations);

    /// <summary>What a table of a setup says of them.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(Candidate candidate)
    {
        if (candidate.Loss is { } loss)
            yield return ("loss", $"{Name(loss)}, {candidate.LossChunks} {(candidate.LossChunks == 1 ? "chunk" : "chunks")}"
                + (loss == LossForm.Chunked ? ", computed again in the backward pass" : ""));
        if (candidate is { Offload: Offload.Activations, HostMemoryBytes: { } bytes })
            yield return ("in the host's memory", $"block inputs, {Readable.Gib(bytes)} of each machine");
    }
}
