using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// Buckets of gradients. Those of PyTorch's DDP hold every gradient once more unless the stack's own gradients are the buckets
/// (Li et al. 2020, PyTorch Distributed, section 3.2.3); ZeRO may hold a 16-bit copy and buckets of fixed size (DeepSpeed's manual).
/// </summary>
internal sealed class CommunicationBuffers : MemoryComponent
{
    public override string Key => "communication_buffers";

    public override MemoryPart Part => MemoryPart.Communication;

    public override double Bytes(in StepMemory step, in MemoryBreakdown before)
    {
        if (step.Setup.Mesh.GradientRanks == 1 || step.Trained == 0)
            return 0;
        return step.Sharded switch
        {
            ShardedState.None => step.Traits.SeparateMasterWeights ? 0 : step.Bytes.Gradients * step.TrainedOver(1),
            ShardedState.Optimizer or ShardedState.Gradients => step.IsOnHost
                ? 0
                : step.Traits.ZeroBucketBytes + (step.Traits.ZeroGradientCopy
                    ? 2 * step.TrainedOver(step.Setup.GradientRanks) / step.Setup.GradientRanks : 0),
            _ => 0,
        };
    }
}
