using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Models;

/// <summary>How many parameters a way of fine-tuning trains: one source for time, memory and words. Worked out once for a model.</summary>
internal sealed class TrainableCount
{
    private readonly double _all;

    /// <summary>Parameters of the last blocks, by their number.</summary>
    private readonly double[] _last;

    /// <summary>Of them those of routed experts.</summary>
    private readonly double[] _lastExperts;

    private TrainableCount(double all, double[] last, double[] lastExperts, AdapterSites sites) =>
        (_all, _last, _lastExperts, Sites) = (all, last, lastExperts, sites);

    /// <summary>Where adapters can stand.</summary>
    public AdapterSites Sites { get; }

    /// <summary>Counts a shape.</summary>
    public static TrainableCount Of(TransformerShape shape)
    {
        var (last, experts) = (new double[shape.Blocks.Layers + 1], new double[shape.Blocks.Layers + 1]);
        var blocks = 0;
        foreach (var run in shape.Blocks.Reverse())
        {
            var each = ParameterCount.OfBlock(shape, run.Block);
            for (var block = 0; block < run.Count; block++, blocks++)
                (last[blocks + 1], experts[blocks + 1]) = (last[blocks] + each.Total, experts[blocks] + each.Experts);
        }
        return new(ParameterCount.Of(shape).Total, last, experts, AdapterSites.Of(shape));
    }

    /// <summary>
    /// Parameters that are trained: all; rank · (inputs + outputs) of every matrix with an adapter (Hu et al. 2021, section 4.1); or the
    /// last blocks.
    /// </summary>
    public double Of(in Tuning tuning) => tuning.Method switch
    {
        TuningMethod.Full => _all,
        TuningMethod.Freeze => _last[Math.Min(_last.Length - 1, tuning.TrainedBlocks)],
        _ => tuning.Rank * Sites.Of(tuning.Targets).Sides,
    };

    /// <summary>
    /// The same of a rank's part, with all experts of its blocks, however many ranks share those. Of a stage those of its blocks that are
    /// among the last.
    /// </summary>
    public double On(in Tuning tuning, in ModelPart part) => tuning.Method switch
    {
        TuningMethod.Full => _all * part.Blocks / part.Tensor,
        TuningMethod.Freeze => Within(_last, tuning, part) / part.Tensor,
        _ => tuning.Rank * Sites.On(tuning.Targets, part).All.Sides,
    };

    /// <summary>Of those the ones of routed experts; not to be asked where all parameters are trained.</summary>
    public double ExpertsOn(in Tuning tuning, in ModelPart part) => tuning.Method == TuningMethod.Freeze
        ? Within(_lastExperts, tuning, part) / part.Tensor
        : tuning.Rank * Sites.On(tuning.Targets, part).Routed.Sides;

    /// <summary>Parameters of the blocks of a part, with all experts.</summary>
    public double HeldBy(in ModelPart part) => (_last[End(part)] - _last[part.After]) / part.Tensor;

    /// <summary>Blocks of a part that are trained where the others are frozen.</summary>
    public int BlocksOn(in Tuning tuning, in ModelPart part) => Until(tuning, part) - After(tuning, part);

    private double Within(double[] last, in Tuning tuning, in ModelPart part) => last[Until(tuning, part)] - last[After(tuning, part)];

    private static int After(in Tuning tuning, in ModelPart part) => Math.Min(part.After, tuning.TrainedBlocks);

    private int Until(in Tuning tuning, in ModelPart part) =>
        Math.Min(End(part), tuning.TrainedBlocks);

    private int End(in ModelPart part) => part.After + (int)Math.Round((_last.Length - 1) * part.Blocks);
}
