using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Measurements.Bursts;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>The blocks of a spec. Equal ones share their constants: masks and rotary tables.</summary>
internal static class DecoderLayers
{
    /// <summary>Every kind of attention once, and the blocks in their order.</summary>
    public static (Attention[] Attentions, DecoderBlock[] Blocks) Of(BurstSpec spec, Device device)
    {
        var places = Enumerable.Range(0, spec.NLayers).ToArray();
        var attentions = places.Select(place => spec.Windows.At(place) ?? 0).Distinct()
            .ToDictionary(window => window, window => new Attention(spec, device, window: window == 0 ? null : window));
        var dense = new FeedForward(spec, spec.DFfn);
        var experts = spec.Experts is { } layers ? new RoutedExperts(spec, layers) : null;
        var kinds = new Dictionary<(int, bool), DecoderBlock>();
        DecoderBlock Block(int place)
        {
            var kind = (Window: spec.Windows.At(place) ?? 0, HasExperts: spec.Experts.HasExperts(place));
            if (!kinds.TryGetValue(kind, out var block))
                kinds[kind] = block = new(spec, attentions[kind.Window], kind.HasExperts ? experts! : dense);
            return block;
        }
        return ([.. attentions.Values], [.. places.Select(Block)]);
    }
}
