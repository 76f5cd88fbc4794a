using System.Numerics;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Prediction;

/// <summary>
/// Setups whose spread is worked out once: those whose tokens per pass, accumulation and number of devices lie between the same powers of
/// two, or in the same half between them, and that recompute the same. The spread differs up to fivefold between setups of one precision
/// and scheme, since small ones rest on launches and communication and large ones on multiplies. Powers of two and three times them have
/// their own spread; others get one that is at most 6 % too narrow and 40 % too wide (SpreadOfFamiliesTests).
/// </summary>
internal static class SpreadFamily
{
    private const int LeastTokens = 8, TokenClasses = 28, AccumulationClasses = 16, DeviceClasses = 24, Recomputations = 4;

    /// <summary>The bits of <see cref="AxesOf(in TrainingSetup)"/> that layouts leave free start here.</summary>
    private const int WaysAt = 58;

    public const int Count = TokenClasses * AccumulationClasses * DeviceClasses * Recomputations;

    /// <summary>The family of a setup, below <see cref="Count"/>.</summary>
    public static int Of(in TrainingSetup setup) =>
        ((Tokens(setup) * AccumulationClasses + Class(setup.GradAccum, AccumulationClasses)) * DeviceClasses
            + Class(setup.Gpus, DeviceClasses)) * Recomputations + (int)setup.Recomputation;

    /// <summary>
    /// The setup that stands for its family, the same whichever is met first: the smallest micro-batch, accumulation and number of devices
    /// of it.
    /// </summary>
    public static TrainingSetup Typical(in TrainingSetup setup)
    {
        var tokens = Least(Tokens(setup)) << (LeastTokens - 1);
        return setup with
        {
            MicroBatch = (int)Math.Max(1, (tokens + setup.SeqLen - 1) / setup.SeqLen),
            GradAccum = (int)(Least(Class(setup.GradAccum, AccumulationClasses)) >> 1),
            Layout = TypicalLayout(setup.Layout, (int)(Least(Class(setup.Gpus, DeviceClasses)) >> 1)),
        };
    }

    /// <summary>
    /// Ways to share a model, whose spreads differ: the axes of the mesh and the schedule of the pipeline; where ranks share data alone,
    /// the size of a group, 0 where there is one; and above those the form of the loss and whether inputs of blocks go to the host.
    /// </summary>
    public static long AxesOf(in TrainingSetup setup)
    {
        var ways = ((long)setup.Loss.Form << 1) | (setup.KeepsInputsOnHost ? 1L : 0);
        return (ways << WaysAt) | AxesOf(setup.Layout);
    }

    private static long AxesOf(in Layout layout)
    {
        if (!layout.SplitsModel)
            return layout.IsGrouped ? layout.Mesh.Shards : 0;
        var mesh = layout.Mesh;
        long axes = mesh.Tensor;
        axes = (axes << 12) | (uint)mesh.Pipeline;
        axes = (axes << 8) | (uint)mesh.Context;
        axes = (axes << 10) | (uint)mesh.Expert;
        return (axes << 8) | (uint)((layout.Chunks << 2) | (layout.ZeroBubble ? 2 : 0) | (layout.SequenceParallel ? 1 : 0));
    }

    /// <summary>The same scheme on fewer devices, in groups as large, or of a node where those do not divide them.</summary>
    private static Layout TypicalLayout(in Layout layout, int gpus)
    {
        if (layout.Mesh.Expert > 1 && layout.IsGrouped)
            return layout with { Mesh = Grouped(gpus, layout.Mesh) };
        if (layout.SplitsModel)
            return (Scheme.Of(layout) with { Group = 0 })
            .On(Multiple(gpus, layout.Mesh), layout.GpusPerNode) with { BalancedStages = layout.BalancedStages };
        var scheme = new Scheme(layout.Scheme).On(gpus, layout.GpusPerNode);
        return !layout.IsGrouped ? scheme
            : Groups(layout.Mesh.Shards) ?? Groups(layout.GpusPerNode) ?? scheme;

        Layout? Groups(int shards) => gpus > shards && gpus % shards == 0 ? scheme with { Mesh = new(gpus / shards, shards) } : null;
    }

    /// <summary>Two groups or more, each as large as the ranks that share experts: whatever the groups were, those lie in them.</summary>
    private static Mesh Grouped(int gpus, Mesh mesh)
    {
        var group = mesh.ModelRanks * mesh.Expert;
        return mesh with { Shards = mesh.Expert, Replicas = Math.Max(2, (gpus + group - 1) / group) };
    }

    /// <summary>The least multiple of what a layout needs that is no fewer devices.</summary>
    private static int Multiple(int gpus, Mesh mesh)
    {
        var least = mesh.ModelRanks * mesh.Expert;
        return (gpus + least - 1) / least * least;
    }

    /// <summary>Classes of tokens per pass start at 2^8: less is taken for that.</summary>
    private static int Tokens(in TrainingSetup setup) => Class((long)setup.SeqLen * setup.MicroBatch >> LeastTokens, TokenClasses);

    /// <summary>Twice the power of two below a count, and one more from its middle to the next on.</summary>
    private static int Class(long count, int classes)
    {
        var whole = (ulong)Math.Max(1, count);
        var octave = BitOperations.Log2(whole);
        return Math.Min(classes - 1, 2 * octave + (octave > 0 ? (int)(whole >> (octave - 1) & 1) : 0));
    }

    /// <summary>Twice the least count of a class, so that the middle above one is a whole number.</summary>
    private static long Least(int @class) => (2L + (@class & 1)) << (@class >> 1);
}
