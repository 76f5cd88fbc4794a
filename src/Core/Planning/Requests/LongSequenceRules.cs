using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Requests;

/// <summary>What a request may say of the loss in chunks and of activations in the host's memory.</summary>
internal static class LongSequenceRules
{
    /// <summary>Every problem; empty for a request that says nothing of either.</summary>
    public static IEnumerable<string> Problems(PlanRequest request)
    {
        var losses = request.Losses ?? [];
        if (request.LossChunks is { } chunks && !losses.Contains(LossForm.Chunked))
            yield return $"loss_chunks are {chunks}, which a loss computed in chunks has: allowed with loss chunked";
        if (losses.Count == 0 || losses.Contains(LossForm.Whole))
            yield break;
        foreach (var scheme in request.Parallelisms.Where(scheme => scheme.Tensor > 1))
            yield return $"parallelism is '{scheme}' and loss {string.Join(',', losses.Select(Text.DeclaredName.Of))}: heads that ranks "
                + "share have the loss of their stack; allowed with tp(N): loss whole";
    }
}
