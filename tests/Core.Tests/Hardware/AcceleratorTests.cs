using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Time;

namespace SlmPlanner.Tests.Hardware;

public sealed class AcceleratorTests
{
    private static readonly Accelerator Datasheet = new()
    {
        Name = "chip", MemoryGib = 16, MemoryBandwidthGbS = 300, Fp16Tflops = 65, Fp32Tflops = 8, TdpW = 70, PcieGen = 3,
        FormFactor = "PCIe", ArchitectureHasFlash = true,
    };

    private static readonly Accelerator Measured = new()
    {
        Name = "Chip of the driver", MemoryGib = 15, MemoryBandwidthGbS = 240, Fp32Tflops = 7, Evidence = Evidence.Calibrated,
    };

    [Fact]
    public void No_number_format_stands_in_for_another()
    {
        Assert.Equal(65, Datasheet.PeakTflops(Precision.Fp16Mixed));
        Assert.Equal(8, Datasheet.PeakTflops(Precision.Fp32));
        foreach (var precision in (Precision[])[Precision.Bf16Mixed, Precision.Bf16Pure, Precision.Tf32, Precision.Fp8Mixed])
        {
            Assert.Null(Datasheet.PeakTflops(precision));
            Assert.Null(DeviceRates.Of(Datasheet, precision));
        }
        Assert.Equal(Precision.Fp16Mixed, Datasheet.DefaultPrecision());
        Assert.Equal(65e12, DeviceRates.Of(Datasheet, Precision.Fp16Mixed)!.Value.MatmulFlops);
    }

    [Fact]
    public void A_device_whose_architecture_is_not_stated_stays_a_datasheet_device()
    {
        Assert.Null(Datasheet.Architecture);
        var rates = DeviceRates.Of(Datasheet, Precision.Fp16Mixed)!.Value;
        Assert.False(rates.IsMachine);
        Assert.Equal(70, rates.Watts);
        Assert.Null(Keys(Datasheet).Machine);
        Assert.Equal("chip", Keys(Datasheet).Device);
    }

    [Fact]
    public void A_calibrated_device_has_its_measured_rates_and_its_own_groups_and_keeps_what_was_not_measured()
    {
        var device = Datasheet.Calibrated(Measured);
        Assert.Equal(("chip", 16, "PCIe", 70.0), (device.Name, device.MemoryGib, device.FormFactor, device.TdpW));
        Assert.Equal((240.0, 7.0), (device.MemoryBandwidthGbS, device.Fp32Tflops));
        Assert.False(device.Computes(Precision.Fp16Mixed));
        var rates = DeviceRates.Of(device, Precision.Fp32)!.Value;
        Assert.True(rates.IsMachine);
        Assert.Equal(0, rates.Watts);
        Assert.Equal(("Chip of the driver", "Chip of the driver", null),
            (Keys(device).Machine, Keys(device).Device, Keys(device).Architecture));
    }

    [Fact]
    public void Fused_attention_is_had_where_it_was_measured_and_else_where_the_architecture_has_a_kernel()
    {
        Assert.True(Datasheet.HasFlashAttention());
        Assert.False((Datasheet with { ArchitectureHasFlash = false }).HasFlashAttention());
        Assert.False(Measured.HasFlashAttention());
        Assert.True((Measured with { FusedAttention = [new(4, 128, 64, 1e-10)] }).HasFlashAttention());
        Assert.False((Datasheet.Calibrated(Measured)).HasFlashAttention());
    }

    private static GroupKeys Keys(Accelerator device) => StackKeys.Of(
        device, SoftwareStack.Unknown, ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false),
        ExampleSetups.Setup with { Layout = Layout.OneDevice }, null);
}
