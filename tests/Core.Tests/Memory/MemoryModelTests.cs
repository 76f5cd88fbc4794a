using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Memory;

/// <summary>Components against the literature, and the statements about memory that published experiments make.</summary>
public sealed class MemoryModelTests
{
    private static readonly MemoryConstants NoOverhead = MemoryConstants.Documented
        with { ContextBytes = 0, CollectiveBytes = 0, Slack = 0, BackwardShare = 0 };
    private static readonly MemoryTraits Megatron = new()
    {
        SeparateMasterWeights = true, PersistentGradients = true, FusedNorms = true, FusedActivation = true,
        HalfSoftmax = true, Dropout = true, Loss = LossKernel.VocabParallel,
    };

    private static readonly TrainingSetup OneGpu = new(
        1024, 1, 1, Scheme.Ddp.On(1, 8), Precision.Bf16Mixed, AttentionKind.Flash, Recomputation.None, Compile: false);

    /// <summary>Rajbhandari et al. 2020, section 3.1: 2 + 2 + 12 bytes; 2 more where gradients accumulate in fp32.</summary>
    [Theory]
    [InlineData(true, 16)]
    [InlineData(false, 18)]
    public void Mixed_precision_keeps_sixteen_bytes_per_parameter(bool halfGradients, double bytesPerParameter)
    {
        var shape = ShippedModels.Catalog.Find("gpt2");
        var predicted = new MemoryModel(shape, Megatron with { HalfGradients = halfGradients }, NoOverhead).Predict(OneGpu);
        var states = predicted.Parameters + predicted.Gradients + predicted.MasterWeights + predicted.OptimizerStates;
        Assert.Equal(bytesPerParameter * ParameterCount.Of(shape).Total, states.Count, 1.0);
    }

    [Fact]
    public void Adam_state_is_eight_bytes_per_parameter_and_four_in_pure_bf16()
    {
        var shape = ShippedModels.Catalog.Find("slm-1b");
        var model = new MemoryModel(shape);
        Assert.Equal(8.0 * 970458240, model.Predict(OneGpu).OptimizerStates.Count);
        Assert.Equal(4.0 * 970458240, model.Predict(OneGpu with { Precision = Precision.Bf16Pure }).OptimizerStates.Count);
    }

    /// <summary>Korthikanti et al. 2022, equation 2: s · b · h · (34 + 5 · a · s / h) per block, with b and h as here.</summary>
    [Fact]
    public void Activations_of_a_megatron_block_are_those_of_korthikanti()
    {
        var shape = ShippedModels.Catalog.Find("gpt2-medium");
        var setup = OneGpu with { MicroBatch = 4, Attention = AttentionKind.Vanilla };
        var perBlock = 1024.0 * 4 * 1024 * (34 + 5.0 * 16 * 1024 / 1024);
        var finalNorm = 1024.0 * 4 * 1024 * 4;
        var peak = new MemoryModel(shape, Megatron, NoOverhead).Predict(setup);
        Assert.Equal(24 * perBlock + finalNorm, peak.Activations.Count - Bytes(peak, "backward_workspace"), 1.0);
    }

    /// <summary>The same paper, section 5: selective recomputation drops the term in a · s, full keeps 2 · s · b · h per block.</summary>
    [Fact]
    public void Recomputation_drops_what_it_says()
    {
        var model = new MemoryModel(ShippedModels.Catalog.Find("gpt2-medium"), Megatron, NoOverhead);
        double Kept(Recomputation recomputation, AttentionKind attention) =>
            model.Predict(OneGpu with { Recomputation = recomputation, Attention = attention }).Activations.Count;
        var (scores, tokensWidth) = (1024.0 * 1024 * 16 * 5, 1024.0 * 1024);
        Assert.Equal(23 * scores, Kept(Recomputation.None, AttentionKind.Vanilla) - Kept(Recomputation.Attention, AttentionKind.Vanilla),
            1.0);
        Assert.Equal((24 * 2 + 34 + 4) * tokensWidth, Kept(Recomputation.Full, AttentionKind.Flash), 1.0);
    }

    [Theory]
    [InlineData("zero1", 1, 8)]
    [InlineData("zero2", 8, 8)]
    [InlineData("fsdp_full", 8, 8)]
    public void Sharding_divides_gradients_and_moments_by_the_ranks_of_its_stage(string scheme, double gradientShards, double momentShards)
    {
        var shape = ShippedModels.Catalog.Find("slm-2b");
        var setup = OneGpu with { Layout = Scheme.Parse(scheme).On(8, 8), GradAccum = 2 };
        var predicted = new MemoryModel(shape).Predict(setup);
        Assert.Equal(4.0 * 1969027008 / gradientShards, predicted.Gradients.Count, 1.0);
        Assert.Equal(8.0 * 1969027008 / momentShards, predicted.OptimizerStates.Count, 1.0);
    }

    /// <summary>Copies in other nodes cost the buffers of one more group to talk in, and nothing else.</summary>
    [Fact]
    public void Hybrid_sharding_divides_by_the_node_only()
    {
        var model = new MemoryModel(ShippedModels.Catalog.Find("slm-2b"));
        var node = model.Predict(OneGpu with { Layout = Scheme.FsdpFull.On(8, 8) });
        var four = model.Predict(OneGpu with { Layout = Scheme.Hsdp.On(32, 8) });
        Assert.Equal(MemoryConstants.Documented.CollectiveBytes, Bytes(four, "context") - Bytes(node, "context"), 1e-3);
        Assert.Equal(node.Total.Count - Bytes(node, "context"), four.Total.Count - Bytes(four, "context"), 1e-3);
    }

    private static double Bytes(MemoryBreakdown peak, string key) => peak.Components().Single(component => component.Key == key).Bytes;

    /// <summary>findings.md F3: vanilla attention runs out of 80 GB at 16 sequences for 1B and 2B where flash fits.</summary>
    [Theory]
    [InlineData("slm-1b")]
    [InlineData("slm-2b")]
    public void Vanilla_attention_runs_out_of_80_gb_where_flash_fits(string name)
    {
        var model = new MemoryModel(ShippedModels.Catalog.Find(name));
        var setup = OneGpu with { MicroBatch = 16, Layout = Scheme.FsdpFull.On(8, 8) };
        Assert.InRange(model.Predict(setup).Total.GiB, 0, 80);
        Assert.InRange(model.Predict(setup with { Attention = AttentionKind.Vanilla }).Total.GiB, 80, double.MaxValue);
    }

    /// <summary>findings.md F7: at 2B and 16 sequences on 80 GB DDP runs out of memory; FSDP and a single GPU fit.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(64)]
    public void Ddp_runs_out_of_memory_at_2b_where_fsdp_fits(int gpus)
    {
        var model = new MemoryModel(ShippedModels.Catalog.Find("slm-2b"));
        var setup = OneGpu with { MicroBatch = 16, Layout = Scheme.Ddp.On(gpus, 8) };
        Assert.InRange(model.Predict(setup).Total.GiB, 80, double.MaxValue);
        Assert.InRange(model.Predict(setup with { Layout = Scheme.FsdpFull.On(gpus, 8) }).Total.GiB, 0, 80);
        Assert.InRange(model.Predict(setup with { Layout = Scheme.FsdpGradOp.On(gpus, 8) }).Total.GiB, 0, 80);
        Assert.InRange(model.Predict(setup with { Layout = Scheme.Ddp.On(1, 8) }).Total.GiB, 0, 80);
    }

    /// <summary>findings.md F11: the largest batches that published winners used, on 40 and on 80 GB.</summary>
    [Theory]
    [InlineData("slm-100m", 32, 40, "ddp")]
    [InlineData("slm-100m", 64, 80, "ddp")]
    [InlineData("slm-500m", 16, 40, "ddp")]
    [InlineData("slm-500m", 32, 80, "ddp")]
    [InlineData("slm-1b", 8, 40, "ddp")]
    [InlineData("slm-1b", 16, 80, "ddp")]
    [InlineData("slm-2b", 8, 40, "fsdp_full")]
    [InlineData("slm-2b", 8, 80, "ddp")]
    [InlineData("slm-2b", 16, 80, "fsdp_full")]
    public void The_largest_published_batches_fit(string name, int microBatch, double memoryGib, string scheme)
    {
        var setup = OneGpu with { MicroBatch = microBatch, Layout = Scheme.Parse(scheme).On(8, 8) };
        Assert.InRange(new MemoryModel(ShippedModels.Catalog.Find(name)).Predict(setup).Total.GiB, 0, memoryGib);
    }
}
