using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Core.Models;

/// <summary>Shapes of blocks that differ by their place alone.</summary>
public static class ShapePattern
{
    /// <summary>The shape with experts and windows in its usual block; itself without either.</summary>
    /// <param name="shape">A shape whose blocks are all equal.</param>
    /// <param name="experts">Which blocks have experts; null where none has.</param>
    /// <param name="windows">Which blocks see a window; null where none does.</param>
    public static TransformerShape With(this TransformerShape shape, ExpertLayers? experts, WindowLayers? windows)
    {
        if (experts is null && windows is null)
            return shape;
        var usual = shape.UsualBlock;
        return shape with
        {
            Sequence = new(Enumerable.Range(0, shape.Layers).Select(place => usual with
            {
                Mixer = (SelfAttention)usual.Mixer! with { Window = windows.At(place) },
                FeedForward = experts.HasExperts(place) ? Routed(shape, experts!) : usual.FeedForward,
            })),
        };
    }

    private static Experts Routed(TransformerShape shape, ExpertLayers experts) => new()
    {
        Kind = shape.FfnKind,
        Bias = shape.FfnBias,
        Count = experts.Count,
        PerToken = experts.PerToken,
        Width = experts.Width,
        SharedWidth = experts.SharedWidth,
    };
}
