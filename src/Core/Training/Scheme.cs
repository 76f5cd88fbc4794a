using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Training;

/// <summary>The common name of a way to share the model's states among data-parallel ranks.</summary>
public enum SchemeName
{
    /// <summary>Everything replicated; gradients all-reduced. One device is the case without communication.</summary>
    [JsonStringEnumMemberName("ddp")] Ddp,

    /// <summary>Optimizer states sharded (ZeRO stage 1).</summary>
    [JsonStringEnumMemberName("zero1")] Zero1,

    /// <summary>Optimizer states and gradients sharded (ZeRO stage 2).</summary>
    [JsonStringEnumMemberName("zero2")] Zero2,

    /// <summary>FSDP SHARD_GRAD_OP: parameters gathered once per step and kept until the backward pass ends.</summary>
    [JsonStringEnumMemberName("fsdp_grad_op")] FsdpGradOp,

    /// <summary>FSDP FULL_SHARD (ZeRO stage 3): parameters gathered per block before each use.</summary>
    [JsonStringEnumMemberName("fsdp_full")] FsdpFull,

    /// <summary>Full sharding inside a group, by default a node, replication across groups (HYBRID_SHARD).</summary>
    [JsonStringEnumMemberName("hsdp")] Hsdp,
}

/// <summary>
/// A layout as people write it, before the number of devices is known: <c>zero1(dp8)+tp(2)</c>. On devices it becomes a
/// <see cref="Layout"/>.
/// </summary>
/// <param name="Name">What data-parallel ranks share.</param>
/// <param name="Group">Ranks that share one copy; 0 for the usual: a node under HSDP, else all data-parallel ranks.</param>
/// <param name="Tensor">Tensor-parallel ranks.</param>
/// <param name="Pipeline">Pipeline stages.</param>
/// <param name="Context">Context-parallel ranks.</param>
/// <param name="Expert">Expert-parallel ranks.</param>
/// <param name="SequenceParallel">Whether tensor-parallel ranks divide the rest of a block by tokens.</param>
/// <param name="Chunks">Parts of consecutive blocks that each pipeline stage has; more than 1 is the interleaved schedule.</param>
/// <param name="ZeroBubble">Whether the pipeline has the zero-bubble schedule.</param>
[JsonConverter(typeof(SchemeJsonConverter))]
public sealed record Scheme(
    SchemeName Name,
    int Group = 0,
    int Tensor = 1,
    int Pipeline = 1,
    int Context = 1,
    int Expert = 1,
    bool SequenceParallel = false,
    int Chunks = 1,
    bool ZeroBubble = false)
{
    /// <summary>Plain data parallelism.</summary>
    public static Scheme Ddp { get; } = new(SchemeName.Ddp);

    /// <summary>ZeRO-1 over all ranks.</summary>
    public static Scheme Zero1 { get; } = new(SchemeName.Zero1);

    /// <summary>ZeRO-2 over all ranks.</summary>
    public static Scheme Zero2 { get; } = new(SchemeName.Zero2);

    /// <summary>FSDP that keeps gathered parameters, over all ranks.</summary>
    public static Scheme FsdpGradOp { get; } = new(SchemeName.FsdpGradOp);

    /// <summary>FSDP that frees them, over all ranks.</summary>
    public static Scheme FsdpFull { get; } = new(SchemeName.FsdpFull);

    /// <summary>FSDP inside a node.</summary>
    public static Scheme Hsdp { get; } = new(SchemeName.Hsdp);

    /// <summary>The data-parallel schemes without a group of their own, simplest first.</summary>
    public static IReadOnlyList<Scheme> All { get; } = [Ddp, Zero1, Zero2, FsdpGradOp, FsdpFull, Hsdp];

    /// <summary>Their words.</summary>
    public static string Words { get; } = string.Join(", ", All);

    /// <summary>The scheme of a layout: on its devices it gives the layout again.</summary>
    public static Scheme Of(in Layout layout)
    {
        var mesh = layout.Mesh;
        var scheme = new Scheme(
            layout.Scheme, 0, mesh.Tensor, mesh.Pipeline, mesh.Context, mesh.Expert, layout.SequenceParallel, layout.Chunks,
            layout.ZeroBubble);
        return scheme.Name == SchemeName.Ddp || scheme.UsualGroup(mesh.DataRanks, layout.GpusPerNode) == mesh.Shards
            ? scheme
            : scheme with { Group = mesh.Shards };
    }

    /// <summary>Reads the written form.</summary>
    /// <exception cref="InputException">Not a scheme.</exception>
    public static Scheme Parse(string text) => SchemeText.Parse(text);

    /// <summary>ZeRO-1 in groups that lie inside a node, where several nodes are used; else over all ranks.</summary>
    public static Scheme Zero1InNode(int gpus, int gpusPerNode)
    {
        var group = LargestGroup(gpus, gpusPerNode);
        return group == gpus ? Zero1 : Zero1 with { Group = group };
    }

    /// <summary>The layout on devices.</summary>
    /// <param name="gpus">Devices, ≥ 1.</param>
    /// <param name="gpusPerNode">Devices of one node, ≥ 1.</param>
    /// <exception cref="InputException">The axes or the group don't divide the devices.</exception>
    public Layout On(int gpus, int gpusPerNode)
    {
        var model = Tensor * Pipeline * Context;
        if (gpus % model != 0)
            throw new InputException($"parallelism '{this}' needs a multiple of {model} devices, not {gpus}");
        var ranks = gpus / model;
        if (ranks * Context % Expert != 0)
            throw new InputException(
                $"parallelism '{this}': {Expert} ranks with experts do not divide the {ranks * Context} that see other tokens");
        if (Pipeline == 1 && (Chunks > 1 || ZeroBubble))
            throw new InputException($"parallelism '{this}': +vp(N) and +zb say how a pipeline works, and there is none; add +pp(N)");
        if (Chunks > 1 && ZeroBubble)
            throw new InputException($"parallelism '{this}': a pipeline is interleaved (+vp) or without bubbles (+zb); give one of them");
        var isReplicated = Name == SchemeName.Ddp;
        if (Group > 0 && (isReplicated ? Group != ranks : ranks % Group != 0))
            throw new InputException($"parallelism '{this}': a group of {Group} does not divide {ranks} data-parallel ranks");
        var mesh = MeshOf(ranks, gpusPerNode);
        if (!isReplicated && !mesh.NestsExperts)
            throw new InputException($"parallelism '{this}': {Expert} ranks with experts neither divide a group of "
                + $"{mesh.Shards * Context} that share states nor are several of them");
        return new(
            mesh,
            gpusPerNode,
            Name switch
            {
                SchemeName.Ddp => ShardedState.None,
                SchemeName.Zero1 => ShardedState.Optimizer,
                SchemeName.Zero2 => ShardedState.Gradients,
                _ => ShardedState.Parameters,
            },
            Name is SchemeName.FsdpFull or SchemeName.Hsdp,
            SequenceParallel,
            Chunks,
            ZeroBubble);
    }

    /// <summary>The written form.</summary>
    public override string ToString() => SchemeText.Write(this);

    /// <summary>False where a stated group can hold no whole number of ranks with experts, nor they of groups, on any devices.</summary>
    internal bool HoldsExperts => Name == SchemeName.Ddp || Group == 0 || new Mesh(1, Group, 1, 1, Context, Expert).NestsExperts;

    /// <summary>True where the axes, the group and the ranks with experts divide so many devices.</summary>
    internal bool Divides(int gpus, int gpusPerNode)
    {
        var model = Tensor * Pipeline * Context;
        var ranks = gpus / model;
        return gpus % model == 0 && ranks % Math.Max(1, Group) == 0 && ranks * Context % Expert == 0
            && (Name == SchemeName.Ddp || MeshOf(ranks, gpusPerNode).NestsExperts);
    }

    private Mesh MeshOf(int ranks, int gpusPerNode)
    {
        var shards = Name == SchemeName.Ddp ? 1 : Group > 0 ? Group : UsualGroup(ranks, gpusPerNode);
        return new(ranks / shards, shards, Tensor, Pipeline, Context, Expert);
    }

    private int UsualGroup(int ranks, int gpusPerNode) =>
        Name == SchemeName.Hsdp ? LargestGroup(ranks, gpusPerNode / (Tensor * Context)) : ranks;

    /// <summary>The largest group that fits a node and divides the ranks.</summary>
    private static int LargestGroup(int ranks, int most)
    {
        var group = Math.Clamp(most, 1, ranks);
        while (ranks % group != 0)
            group--;
        return group;
    }
}
