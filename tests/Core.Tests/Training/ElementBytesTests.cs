using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Training;

public sealed class ElementBytesTests
{
    /// <summary>Kept, accumulated, reduced, gathered, by recipe: autocast over fp32 weights where nothing is known of the stack.</summary>
    [Theory]
    [InlineData(Precision.Fp32, ShardedState.Parameters, 4, 4, 4, 4)]
    [InlineData(Precision.Tf32, ShardedState.None, 4, 4, 4, 4)]
    [InlineData(Precision.Bf16Pure, ShardedState.None, 2, 2, 2, 2)]
    [InlineData(Precision.Bf16Mixed, ShardedState.None, 4, 4, 4, 4)]
    [InlineData(Precision.Bf16Mixed, ShardedState.Parameters, 4, 4, 4, 2)]
    [InlineData(Precision.Fp8Mixed, ShardedState.Parameters, 4, 4, 4, 2)]
    public void Bytes_of_a_recipe(Precision precision, ShardedState sharded, double parameter, double gradient, double reduce,
        double gather) =>
        Assert.Equal(new ElementBytes(parameter, gradient, reduce, gather), ElementBytes.Of(precision, sharded));

    /// <summary>
    /// Megatron keeps bfloat16 weights and fp32 gradients; DeepSpeed adds bfloat16 ones up; some stacks scatter in 16 bits.
    /// </summary>
    [Fact]
    public void A_stack_may_keep_and_send_less()
    {
        Assert.Equal(new ElementBytes(2, 4, 4, 2),
            ElementBytes.Of(Precision.Bf16Mixed, ShardedState.Optimizer, new(SeparateMasterWeights: true)));
        Assert.Equal(new ElementBytes(2, 2, 2, 2),
            ElementBytes.Of(Precision.Bf16Mixed, ShardedState.Optimizer, new(true, GradientBytes: 2)));
        Assert.Equal(new ElementBytes(4, 4, 2, 2),
            ElementBytes.Of(Precision.Bf16Mixed, ShardedState.Parameters, new(ReduceScatterBytes: 2)));
    }
}
