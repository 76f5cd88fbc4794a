using SlmPlanner.Core;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Planner.Export;

/// <summary>DeepSpeed's stage for a sharding scheme.</summary>
internal static class ZeroStage
{
    /// <summary>
    /// Refuses states shared in groups smaller than all ranks, which neither DeepSpeed's nor accelerate's configuration can say. Full
    /// sharding in groups is another thing.
    /// </summary>
    /// <exception cref="InputException">The scheme has such groups.</exception>
    public static void RequireOneGroup(Scheme scheme)
    {
        if (scheme is { Name: SchemeName.Zero1 or SchemeName.Zero2 or SchemeName.FsdpGradOp, Group: > 0 })
            throw new InputException($"parallelism '{scheme}': DeepSpeed and accelerate divide these states over all ranks, not in groups: "
                + "export to torchrun, or plan without the group");
    }

    /// <summary>
    /// 0 to 3. Hugging Face's documentation of accelerate ("FSDP vs DeepSpeed") equates SHARD_GRAD_OP with stage 2,
    /// FULL_SHARD with stage 3 and HYBRID_SHARD with ZeRO++ (stage 3 with a secondary partition per node).
    /// </summary>
    public static int Of(SchemeName scheme) => scheme switch
    {
        SchemeName.Ddp => 0,
        SchemeName.Zero1 => 1,
        SchemeName.Zero2 or SchemeName.FsdpGradOp => 2,
        SchemeName.FsdpFull or SchemeName.Hsdp => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };
}
