using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// A mixture of experts: a router in fp32 takes each token's best k experts, whose probabilities are scaled to a sum of one (Jiang et al.
/// 2024, Mixtral, section 2.1). Copies of tokens are put in the order of their experts, each expert works on its rows in one go, and the
/// results are weighed and added up. No token is dropped, and no loss balances the router. Shared experts see every token.
/// </summary>
/// <param name="spec">The whole model.</param>
/// <param name="experts">How many, and how wide.</param>
internal sealed class RoutedExperts(BurstSpec spec, ExpertLayers experts) : IFeedForward
{
    private const int RouterParameters = 1;
    private readonly FeedForward _expert = new(spec, experts.Width);
    private readonly FeedForward? _shared = experts.SharedWidth > 0 ? new(spec, experts.SharedWidth) : null;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterSlot> Slots(string name) =>
    [
        ParameterSlot.Matrix($"{name}.router", experts.Count, spec.DModel),
        .. Enumerable.Range(0, experts.Count).SelectMany(expert => _expert.Slots($"{name}.expert{expert}")),
        .. _shared?.Slots($"{name}.shared") ?? [],
    ];

    /// <inheritdoc/>
    public Tensor Forward(Tensor x, IReadOnlyList<Tensor> unit, int at)
    {
        using var scope = NewDisposeScope();
        var tokens = x.reshape(-1, spec.DModel);
        var (weights, chosen) = Route(tokens, unit[at]);
        var order = chosen.argsort();
        var owners = order.div(experts.PerToken, RoundingMode.floor);
        var results = Work(tokens.index_select(0, owners), Rows(chosen), unit, at + RouterParameters);
        var weighed = results * weights.index_select(0, order).unsqueeze(1).to(x.dtype);
        var sum = zeros_like(tokens).index_add(0, owners, weighed, 1);
        if (_shared is not null)
            sum = sum + _shared.Forward(tokens, unit, at + RouterParameters + experts.Count * _expert.Count);
        return sum.view(x.shape).MoveToOuterDisposeScope();
    }

    /// <summary>Each token's weights and experts, one token's after the other's.</summary>
    private (Tensor Weights, Tensor Chosen) Route(Tensor tokens, Tensor router)
    {
        using var scope = NewDisposeScope();
        var shares = softmax(linear(tokens.to(ScalarType.Float32), router), -1);
        var (best, chosen) = shares.topk(experts.PerToken);
        return ((best / best.sum(-1, keepdim: true)).view(-1).MoveToOuterDisposeScope(), chosen.view(-1).MoveToOuterDisposeScope());
    }

    /// <summary>How many copies each expert gets; the host waits for it, as in every stack whose multiplies are one per expert.</summary>
    private long[] Rows(Tensor chosen)
    {
        using var scope = NewDisposeScope();
        return chosen.bincount(null, experts.Count).cpu().data<long>().ToArray();
    }

    private Tensor Work(Tensor routed, long[] rows, IReadOnlyList<Tensor> unit, int at)
    {
        using var scope = NewDisposeScope();
        var parts = routed.split(rows);
        return cat([.. parts.Select((part, expert) => _expert.Forward(part, unit, at + expert * _expert.Count))])
            .MoveToOuterDisposeScope();
    }
}
