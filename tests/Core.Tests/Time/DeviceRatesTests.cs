using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time;

/// <summary>
/// Rates of a device with 20 TFLOP/s in fp32, 150 in TF32, 300 in 16 bits, 600 in 8 and 1,200 in 4, 2,000 GB/s and 400 W, by recipe.
/// </summary>
public sealed class DeviceRatesTests
{
    /// <summary>
    /// Four bits keep 15 % of the multiplies in 16: 1/(0.85/1200 + 0.15/300) = 827.586. Elements have 4 bytes in wide recipes, the head is
    /// multiplied in 16 bits where blocks are in fewer.
    /// </summary>
    [Theory]
    [InlineData(Precision.Fp32, 20, 20, 4)]
    [InlineData(Precision.Tf32, 150, 150, 4)]
    [InlineData(Precision.Bf16Mixed, 300, 300, 2)]
    [InlineData(Precision.Fp8Mixed, 600, 300, 2)]
    [InlineData(Precision.Nvfp4Mixed, 827.5862069, 300, 2)]
    public void A_recipe_has_its_rates(Precision precision, double tflops, double wideTflops, double elementBytes)
    {
        var rates = DeviceRates.Of(ExampleSetups.Device, precision)!.Value;
        Assert.Equal(tflops, rates.MatmulFlops / 1e12, 1e-6);
        Assert.Equal((wideTflops, elementBytes, 2e12, 400),
            (rates.WideFlops / 1e12, rates.ElementBytes, rates.BandwidthBytes, rates.Watts));
        Assert.Equal((elementBytes < 4 && tflops > 300, false, false), (rates.IsFp8, rates.IsPure, rates.IsMachine));
    }

    /// <summary>A device without 16-bit peaks multiplies all of an 8-bit recipe at its 8-bit one.</summary>
    [Fact]
    public void Without_a_wider_peak_the_head_has_the_blocks() =>
        Assert.Equal(600,
            DeviceRates.Of(ExampleSetups.Device with { Bf16Tflops = null }, Precision.Fp8Mixed)!.Value.WideFlops / 1e12, 1e-9);

    /// <summary>
    /// Power that is not stated is 700 W for each 989.5 TFLOP/s in 16 bits: 212.2 W for 300, of bfloat16 before fp16, and none where
    /// neither is known; a machine states its own rates and no power.
    /// </summary>
    [Theory]
    [InlineData(300.0, 100.0, 212.2283982)]
    [InlineData(null, 100.0, 70.7427994)]
    [InlineData(null, null, 0)]
    public void Power_that_is_not_stated_follows_the_peak(double? bf16, double? fp16, double watts)
    {
        var device = ExampleSetups.Device with { TdpW = null, Bf16Tflops = bf16, Fp16Tflops = fp16 };
        Assert.Equal(watts, DeviceRates.Of(device, Precision.Fp32)!.Value.Watts, 1e-6);
        Assert.Equal(0, DeviceRates.Of(device with { Evidence = Evidence.Calibrated }, Precision.Fp32)!.Value.Watts);
    }

    /// <summary>
    /// Elements are kept as the recipe asked for says, whatever multiplies them: bfloat16 on a device with fp32 alone keeps 2 bytes, pure
    /// or mixed.
    /// </summary>
    [Theory]
    [InlineData(Precision.Bf16Mixed, 2, false)]
    [InlineData(Precision.Bf16Pure, 2, true)]
    [InlineData(Precision.Tf32, 4, false)]
    public void What_is_kept_is_what_was_asked_for(Precision precision, double elementBytes, bool isPure)
    {
        var device = ExampleSetups.Device with { Bf16Tflops = null, Tf32Tflops = null };
        var (rates, multiplied) = DeviceRates.Nearest(device, precision)!.Value;
        Assert.Equal((Precision.Fp32, 20.0, elementBytes, isPure),
            (multiplied, rates.MatmulFlops / 1e12, rates.ElementBytes, rates.IsPure));
    }
}
