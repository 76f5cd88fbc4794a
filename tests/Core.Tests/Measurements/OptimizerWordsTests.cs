using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Tests.Measurements;

/// <summary>Optimizers as trainers name them.</summary>
public sealed class OptimizerWordsTests
{
    [Theory]
    [InlineData("AdamW", OptimizerKind.AdamW, false, false, false)]
    [InlineData("adamw_torch_fused", OptimizerKind.AdamWFused, false, false, false)]
    [InlineData("paged_adamw_8bit", OptimizerKind.AdamW8Bit, false, true, false)]
    [InlineData("PagedAdamW8bit, in backward", OptimizerKind.AdamW8Bit, false, true, true)]
    [InlineData("DeepSpeedCPUAdam", OptimizerKind.AdamW, true, false, false)]
    [InlineData("Muon and AdamW", OptimizerKind.Muon, false, false, false)]
    [InlineData("Adafactor", OptimizerKind.Adafactor, false, false, false)]
    [InlineData("SOAP", OptimizerKind.Soap, false, false, false)]
    [InlineData("lion", OptimizerKind.Lion, false, false, false)]
    public void Names(string text, OptimizerKind kind, bool onHost, bool paged, bool inBackward) =>
        Assert.Equal(new Optimizer(kind, onHost, paged, inBackward), OptimizerWords.Of(text));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("sophia")]
    public void What_is_not_known_means_nothing(string? text) => Assert.Null(OptimizerWords.Of(text));
}
