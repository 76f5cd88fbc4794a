using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Models;

/// <summary>How many parameters a way of fine-tuning trains: one source for time, memory and words. Worked out once for a model.</summary>
internal sealed class TrainableCount
{
    private readonly double _all;

    /// <summary>Parameters of the last blocks, by their number.</summary>
    private readonly double[] _last;

    private TrainableCount(double all, double[] last, AdapterSites sites) => (_all, _last, Sites) = (all, last, sites);

    /// <summary>Where adapters can stand.</summary>
    public AdapterSites Sites { get; }

    /// <summary>Counts a shape.</summary>
    public static TrainableCount Of(TransformerShape shape)
    {
        var last = new double[shape.Blocks.Layers + 1];
        var blocks = 0;
        foreach (var run in shape.Blocks.Reverse())
        {
            double each = ParameterCount.OfBlock(shape, run.Block).Total;
            for (var block = 0; block < run.Count; block++, blocks++)
                last[blocks + 1] = last[blocks] + each;
        }
        return new(ParameterCount.Of(shape).Total, last, AdapterSites.Of(shape));
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
}
