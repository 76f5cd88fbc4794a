using SlmPlanner.Core.Models;

namespace SlmPlanner.Planner.Listings;

/// <summary>One row of <c>slm-plan models show</c>.</summary>
/// <param name="Name">The component.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="ForwardFlops">Its operations per token of the forward pass.</param>
internal sealed record ModelComponent(string Name, long Parameters, double ForwardFlops)
{
    /// <summary>The components of a shape and, last, their total.</summary>
    public static IEnumerable<ModelComponent> Of(TransformerShape shape, int seqLen)
    {
        var count = ParameterCount.Of(shape.ForSequence(seqLen));
        var flops = FlopCount.Forward(shape, seqLen);
        yield return new("token embedding", count.Embedding, 0);
        yield return new("positions", count.Positions, 0);
        if (count.Attention > 0)
        {
            yield return new("attention projections", count.Attention, (flops.Qkv + flops.AttentionOut).Count);
            yield return new("attention scores", 0, flops.Scores.Count);
        }
        if (shape.HasRecurrence)
            yield return new("recurrences", count.Recurrence, flops.Recurrence.Count);
        if (count.Ffn > 0)
            yield return new("feed-forward", count.Ffn, flops.Ffn.Count);
        if (shape.HasExperts)
        {
            yield return new("router", count.Router, flops.Router.Count);
            yield return new("routed experts", count.Experts, flops.Experts.Count);
        }
        yield return new("norms", count.Norms, 0);
        yield return new("output head", count.Head, flops.Logits.Count);
        yield return new("total", count.Total, flops.Total.Count);
        if (shape.HasExperts)
            yield return new("active per token", count.Active, flops.Total.Count);
    }
}
