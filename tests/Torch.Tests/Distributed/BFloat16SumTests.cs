using CsCheck;
using SlmPlanner.Calibrator.Distributed.Mpi;

namespace SlmPlanner.Torch.Tests.Distributed;

public sealed class BFloat16SumTests
{
    private static readonly Gen<float> Finite = Gen.Float[-1e30f, 1e30f];

    [Fact]
    public void Narrowing_takes_the_nearest_bfloat16() => Finite.Sample(value =>
    {
        var narrowed = BFloat16Sum.Narrow(value);
        var error = Math.Abs((double)BFloat16Sum.Widen(narrowed) - value);
        foreach (var neighbour in new[] { (ushort)(narrowed + 1), (ushort)Math.Max(0, narrowed - 1) })
            Assert.False(error > Math.Abs((double)BFloat16Sum.Widen(neighbour) - value));
    });

    [Theory]
    [InlineData(1.00390625f, 1f)]
    [InlineData(1.01171875f, 1.015625f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Ties_go_to_even_and_specials_stay(float value, float expected) =>
        Assert.Equal(expected, BFloat16Sum.Widen(BFloat16Sum.Narrow(value)));

    [Fact]
    public void Widening_and_narrowing_is_the_identity() => Gen.UShort.Sample(bits =>
    {
        if (!float.IsNaN(BFloat16Sum.Widen(bits)))
            Assert.Equal(bits, BFloat16Sum.Narrow(BFloat16Sum.Widen(bits)));
    });
}
