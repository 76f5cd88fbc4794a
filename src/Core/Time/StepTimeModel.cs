using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Performance;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>
/// Step time of one rank for one shape on one device in one software stack. Coefficients depend on the setup's precision,
/// attention, sharding and compilation only, and are kept for each of those once met; then nothing is allocated.
/// </summary>
public sealed class StepTimeModel
{
    private static readonly int _precisions = Enum.GetValues<Precision>().Length;
    private static readonly int _schemes = Enum.GetValues<SchemeName>().Length;
    private const int Attentions = 2, Compilations = 2, Sizes = 3, Groupings = 2;
    private const int TypicalTokens = 8192;

    private readonly ShapeCosts _shape;
    private readonly DeviceSpec _device;
    private readonly LinkRates _links;
    private readonly StackTraits _stack;
    private readonly ICoefficientSource _model;
    private readonly BoundCoefficients?[] _bound;

    /// <summary>Binds the equation.</summary>
    public StepTimeModel(TransformerShape shape, DeviceSpec device, NodeLink? link, StackTraits stack, ICoefficientSource model)
    {
        _shape = ShapeCosts.Of(shape, stack.PadsVocabulary);
        (_device, _links, _stack, _model) = (device, LinkRates.Of(link, device, stack.Widths), stack, model);
        _bound = new BoundCoefficients?[_precisions * _schemes * Attentions * Compilations * Sizes * Groupings];
    }

    /// <summary>The terms of one optimizer step; finite and positive for every valid setup.</summary>
    public StepTime Predict(in TrainingSetup setup)
    {
        setup.Layout.RequireDataParallel();
        var bound = Bound(setup);
        return StepTimeEquation.Evaluate(_shape, bound.Rates, _links, setup, bound.Coefficients);
    }

    /// <summary>
    /// Standard deviation of the natural logarithm of the step time: what the model does not know. Worked out once for each
    /// kind of setup and number of nodes (one device, one node, several), since it varies little within them.
    /// </summary>
    public double LogSpread(in TrainingSetup setup) => Bound(setup).LogSpread;

    private BoundCoefficients Bound(in TrainingSetup setup)
    {
        var size = setup.Gpus == 1 ? 0 : setup.Gpus <= setup.GpusPerNode ? 1 : 2;
        var index = (((((int)setup.Precision * _schemes + (int)setup.Layout.Scheme) * Attentions + (int)setup.Attention) * Compilations
            + (setup.Compile ? 1 : 0)) * Sizes + size) * Groupings + (setup.Mesh is { Replicas: > 1, Shards: > 1 } ? 1 : 0);
        return _bound[index] ??= BoundCoefficients.Of(_model, _shape, _device, _links, _stack, Typical(setup, size));
    }

    /// <summary>The setup that stands for its kind: the same whichever is met first, so that the spread depends on no order.</summary>
    private static TrainingSetup Typical(in TrainingSetup setup, int size) => setup with
    {
        MicroBatch = Math.Max(1, TypicalTokens / setup.SeqLen),
        GradAccum = 1,
        Recomputation = Recomputation.None,
        Layout = TypicalLayout(setup.Layout, size switch { 0 => 1, 1 => setup.GpusPerNode, _ => 2 * setup.GpusPerNode }),
    };

    /// <summary>Grouped shards lie inside a node, whatever their number was.</summary>
    private static Layout TypicalLayout(in Layout layout, int gpus)
    {
        var scheme = new Scheme(layout.Scheme).On(gpus, layout.GpusPerNode);
        return scheme with { Mesh = layout.Mesh is { Replicas: > 1, Shards: > 1 } && gpus > layout.GpusPerNode
            ? new(gpus / layout.GpusPerNode, layout.GpusPerNode)
            : scheme.Mesh };
    }
}
