using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Time;

namespace SlmPlanner.Tests.Fitting;

/// <summary>What is believed of groups.</summary>
public class ParameterTableTests
{
    /// <summary>Groups that no row belongs to are predicted by what their prior says of them.</summary>
    [Theory]
    [InlineData("eager", 2.2)]
    [InlineData("compiled", -0.4)]
    [InlineData("xla", -0.4)]
    [InlineData("native", -0.4)]
    [InlineData("fused", 0)]
    [InlineData(null, 0)]
    public void A_kernel_style_without_rows_starts_where_its_prior_does(string? kernels, double start)
    {
        double Passes(GroupKeys keys) => FittedModel.Prior.Logs(keys)[(int)StepCoefficient.BlockPasses];
        Assert.Equal(start, Passes(new() { Kernels = kernels }) - Passes(new()), 1e-12);
    }

    [Fact]
    public void A_plain_block_of_a_machine_that_ran_gated_ones_only_takes_fewer_passes()
    {
        double Passes(string style) => FittedModel.Prior.Logs(new() { MachineBlock = $"machine {style}" })[
            (int)StepCoefficient.BlockPasses];
        Assert.InRange(Passes(StackKeys.PlainBlock) - Passes(StackKeys.GatedBlock), -1, -0.5);
    }
}
