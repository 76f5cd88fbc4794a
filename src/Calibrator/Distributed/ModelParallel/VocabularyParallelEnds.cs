using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.DataParallel;
using SlmPlanner.Data.Measurements.Bursts;
using TorchSharp;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.ModelParallel;

/// <summary>
/// Embedding, head and loss of a model whose words ranks share (Shoeybi et al. 2019, section 3): each looks up and scores its own words. Beside one
/// all-reduce of activations forward and one backward, the loss exchanges three numbers a token: a common shift, the sum, the target's logit.
/// </summary>
/// <param name="spec">The whole model.</param>
/// <param name="group">The ranks.</param>
internal sealed class VocabularyParallelEnds(BurstSpec spec, ICollectives group)
{
    private const int Table = 0, NormAt = 1, Head = 2;

    private readonly Norm _norm = new(spec);
    private readonly long _words = spec.Vocab / group.Size;

    /// <summary>Activations of tokens; the gradient goes into the table.</summary>
    public (Tensor Output, Action<Tensor> Backward) Embed(Tensor tokens, IReadOnlyList<Tensor> root)
    {
        var (own, isOwn) = Own(tokens);
        var looked = Operators.Embedding(root[Table], own) * isOwn.unsqueeze(-1);
        return (Added(looked), gradient => looked.backward([gradient]));
    }

    /// <summary>The mean loss of a micro-batch, and how its gradient, times a weight, comes back.</summary>
    public (double Loss, Func<double, Tensor> Backward) Loss(Tensor x, Tensor targets, IReadOnlyList<Tensor> root)
    {
        var normed = StageEnds.Of(x, values => _norm.Forward(values, root, NormAt));
        var scored = StageEnds.Of(normed.Output, values => nn.functional.linear(values, root[Head]));
        var logits = scored.Output.detach().view(-1, _words);
        var (own, isOwn) = Own(targets.view(-1));
        var shift = Added(logits.amax([1L])) / group.Size;
        var powers = (logits - shift.unsqueeze(1)).exp();
        var sum = Added(powers.sum(1));
        var target = Added(logits.gather(1, own.unsqueeze(1)).squeeze(1) * isOwn);
        var loss = (sum.log() + shift - target).mean().ToDouble();
        return (loss, weight =>
        {
            var gradient = powers / sum.unsqueeze(1);
            gradient = gradient.scatter_add(1, own.unsqueeze(1), -isOwn.unsqueeze(1)) * (weight / logits.shape[0]);
            return normed.Backward(Added(scored.Backward(gradient.view(scored.Output.shape))));
        });
    }

    /// <summary>Places of words in this rank's part, and 1 where they are in it, else 0.</summary>
    private (Tensor Places, Tensor IsOwn) Own(Tensor words)
    {
        var places = words - group.Rank * _words;
        var isOwn = (places >= 0).logical_and(places < _words);
        return (places.clamp(0, _words - 1), isOwn.to(ScalarType.Float32));
    }

    private Tensor Added(Tensor own)
    {
        var sum = own.detach().contiguous().clone();
        group.Run(Collective.AllReduce(sum.Buffer()));
        return sum;
    }
}
