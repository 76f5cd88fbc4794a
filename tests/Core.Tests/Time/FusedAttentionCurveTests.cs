using CsCheck;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Time;

namespace SlmPlanner.Tests.Time;

public sealed class FusedAttentionCurveTests
{
    private static readonly FusedAttentionSample[] Samples =
    [
        new(2, 128, 32, 8e-10), new(2, 512, 32, 2e-10), new(2, 512, 128, 1e-10), new(2, 128, 128, 4e-10), new(4, 512, 64, 1e-9),
    ];

    private static readonly FusedAttentionCurve Curve = FusedAttentionCurve.Of(Samples, 2)!;

    [Theory]
    [InlineData(512, 128, 1)]
    [InlineData(128, 32, 8)]
    [InlineData(256, 32, 4)]
    [InlineData(128, 64, 5.656854249492381)]
    [InlineData(64, 16, 8)]
    [InlineData(4096, 256, 1)]
    public void It_meets_samples_bends_geometrically_between_and_stays_level_beyond(int length, int width, double slowdown) =>
        Assert.Equal(slowdown, Curve.Slowdown(length, width), 1e-9);

    [Fact]
    public void It_never_beats_the_fastest_sample() =>
        Gen.Select(Gen.Int[1, 8192], Gen.Int[8, 256]).Sample((length, width) => Curve.Slowdown(length, width) is >= 1 and <= 8 + 1e-9);

    [Fact]
    public void Formats_have_curves_of_their_own_or_none()
    {
        Assert.Equal(1, FusedAttentionCurve.Of(Samples, 4)!.Slowdown(128, 32));
        Assert.Null(FusedAttentionCurve.Of(Samples, 1));
        Assert.Null(FusedAttentionCurve.Of(null, 2));
    }
}
