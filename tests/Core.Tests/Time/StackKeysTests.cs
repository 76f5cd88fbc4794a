using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time;

/// <summary>Which groups a configuration counts with: each field of one of a datasheet and one of a machine.</summary>
public sealed class StackKeysTests
{
    private static readonly SoftwareStack Stack = new("trainer", new() { Family = "family", Kernels = "eager" }, MemoryTraits.Unknown);

    private static readonly ShapeCosts Plain = ShapeCosts.Of(ExampleSetups.Shape, padsVocabulary: false);

    private static readonly ShapeCosts Gated = ShapeCosts.Of(
        ExampleSetups.Shape with { FfnKind = SlmPlanner.Core.Models.Blocks.FfnKind.Swiglu }, padsVocabulary: false);

    private static readonly Accelerator Machine = ExampleSetups.Device with { Name = "mine", Evidence = Evidence.Calibrated };

    [Fact]
    public void A_device_of_a_datasheet_counts_with_its_kind() => Assert.Equal(
        new()
        {
            Kernels = "eager", Block = "plain", Family = "family", Stack = "trainer", Architecture = "8.0", Device = "round-gpu",
            AttentionKernel = "flash3", Recipe = "mixed", Parallelism = "Ddp",
        },
        StackKeys.Of(ExampleSetups.Device, Stack, Plain, On("ddp", 8), "Flash3"));

    [Fact]
    public void A_machine_counts_with_itself() => Assert.Equal(
        new()
        {
            Kernels = "eager", Family = "family", Stack = "trainer", Device = "mine", Machine = "mine", MachinePrecision = "mine Bf16Mixed",
            MachineBlock = "mine gated", MachineRanks = "mine", MachineScheme = "mine Zero1", Recipe = "mixed", Parallelism = "Zero1",
        },
        StackKeys.Of(Machine, Stack, Gated, On("zero1", 2), null));

    /// <summary>One device has no ranks and no scheme; explicit attention has no fused kernel; pure bfloat16 is its own recipe.</summary>
    [Fact]
    public void One_device_has_no_ranks() => Assert.Equal(
        new()
        {
            Kernels = "eager", Family = "family", Stack = "trainer", Device = "mine", Machine = "mine", MachinePrecision = "mine Bf16Pure",
            MachineBlock = "mine plain", Recipe = "pure", Parallelism = "single",
        },
        StackKeys.Of(Machine, Stack, Plain, On("ddp", 1) with { Precision = Precision.Bf16Pure, Attention = AttentionKind.Vanilla }, "flash3"));

    /// <summary>Splits of a stack have its name, of none the word for none.</summary>
    [Theory]
    [InlineData("tp(2)", "trainer", "trainer")]
    [InlineData("tp(2)", null, "unnamed")]
    [InlineData("ddp", "trainer", null)]
    public void A_split_counts_with_its_stack(string scheme, string? name, string? split) => Assert.Equal(split,
        StackKeys.Of(ExampleSetups.Device, Stack with { Name = name }, Plain, On(scheme, 2), null).Split);

    /// <summary>Style of block within a style of kernels, where both are known.</summary>
    [Theory]
    [InlineData("eager", "plain", "eager plain")]
    [InlineData(null, "plain", null)]
    [InlineData("eager", null, null)]
    public void A_block_has_a_style_where_its_kernels_have(string? kernels, string? block, string? style) =>
        Assert.Equal(style, new GroupKeys { Kernels = kernels, Block = block }.BlockStyle);

    private static TrainingSetup On(string scheme, int gpus) => ExampleSetups.Setup with { Layout = Scheme.Parse(scheme).On(gpus, 8) };
}
