namespace SlmPlanner.Core.Models.Blocks;

/// <summary>What a block may be: as wide as <see cref="ShapeLimits"/> allows, so that no count overflows.</summary>
internal static class BlockLimits
{
    private const int MostHeads = 1_024, WidestHead = 4_096, WidestInner = 1_048_576, MostExperts = 4_096, MostNorms = 8;

    /// <summary>Every problem of a block, in the words of a model file.</summary>
    public static IEnumerable<string> Problems(Block block) =>
    [
        .. block.Mixers.SelectMany(Problems),
        .. block.FeedForward is { } network ? Problems(network) : [],
        .. Range("norms_per_layer", block.Norms, MostNorms, least: 0),
        .. Range("other_parameters", block.OtherParameters, 100_000_000_000, least: 0),
    ];

    /// <summary>The problem of one value, or none.</summary>
    public static IEnumerable<string> Range(string field, long value, long largest, long least = 1) =>
        value < least || value > largest ? [$"{field} is {value}, allowed {least}..{largest}"] : [];

    private static IEnumerable<string> Problems(TokenMixer mixer) => mixer switch
    {
        SelfAttention attention =>
        [
            .. Range("n_heads", attention.Heads, MostHeads),
            .. Range("n_kv_heads", attention.KvHeads, MostHeads),
            .. Range("head_dim", attention.HeadDim, WidestHead),
            .. Range("sliding_window", attention.Window ?? 1, int.MaxValue),
            .. Range("attention_input", attention.InputWidth ?? 1, WidestInner),
            .. attention.Heads > 0 && attention.KvHeads > 0 && attention.Heads % attention.KvHeads != 0
                ? new[] { $"n_kv_heads is {attention.KvHeads}, allowed the divisors of n_heads = {attention.Heads}" } : [],
        ],
        LatentAttention latent =>
        [
            .. Range("n_heads", latent.Heads, MostHeads),
            .. Range("q_lora_rank", latent.QueryRank ?? 1, WidestInner),
            .. Range("kv_lora_rank", latent.KvRank, WidestInner),
            .. Range("qk_nope_head_dim", latent.NopeDim, WidestHead, least: 0),
            .. Range("qk_rope_head_dim", latent.RopeDim, WidestHead, least: 0),
            .. Range("v_head_dim", latent.ValueDim, WidestHead),
        ],
        StateSpace space =>
        [
            .. Range("state_space_width", space.InnerWidth, WidestInner),
            .. Range("state_space_heads", space.Heads, WidestInner),
            .. Range("state_size", space.State, WidestHead),
            .. Range("state_groups", space.Groups, MostHeads),
            .. Range("conv_kernel", space.ConvolutionWidth, MostHeads),
        ],
        SelectiveScan scan =>
        [
            .. Range("state_space_width", scan.InnerWidth, WidestInner),
            .. Range("state_size", scan.State, WidestHead),
            .. Range("time_step_rank", scan.StepRank, WidestInner),
            .. Range("conv_kernel", scan.ConvolutionWidth, MostHeads),
        ],
        LinearRecurrence recurrence =>
        [
            .. Range("recurrence_in", recurrence.InWidth, WidestInner),
            .. Range("recurrence_out", recurrence.OutWidth, WidestInner, least: 0),
            .. Range("recurrence_other", recurrence.OtherParameters, 100_000_000_000, least: 0),
        ],
        _ => [],
    };

    private static IEnumerable<string> Problems(FeedForward network) => network switch
    {
        DenseFeedForward dense => Range("d_ffn", dense.Width, WidestInner),
        Experts experts =>
        [
            .. Range("num_experts", experts.Count, MostExperts),
            .. Range("num_experts_per_tok", experts.PerToken, experts.Count),
            .. Range("expert_width", experts.Width, WidestInner),
            .. Range("shared_expert_width", experts.SharedWidth, WidestInner, least: 0),
        ],
        _ => [],
    };
}
