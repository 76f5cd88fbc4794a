using System.Collections.Concurrent;
using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Prediction;

/// <summary>
/// Step time of one rank for one shape on one device in one software stack. Coefficients depend on the setup's precision, attention,
/// sharding and compilation, and on whether ranks share the model; they are kept for each of those once met; then nothing is allocated.
/// </summary>
public sealed class StepTimeModel
{
    /// <summary>The level of intervals where none is asked for.</summary>
    public const double UsualConfidence = 0.9;

    private const int Attentions = 2, Compilations = 2, Counts = 2, Groupings = 2, Sharings = 2;
    private static readonly int Precisions = Enum.GetValues<Precision>().Length;
    private static readonly int Schemes = Enum.GetValues<SchemeName>().Length;

    private readonly ShapeCosts _shape;
    private readonly Accelerator _device;
    private readonly LinkRates _links;
    private readonly SoftwareStack _stack;
    private readonly FittedModel _model;
    private readonly double _confidence;
    private readonly BoundCoefficients?[] _bound;
    private readonly ConcurrentDictionary<(int Family, long Axes), double> _spreads = new();

    /// <summary>Binds the equation.</summary>
    public StepTimeModel(
        TransformerShape shape, Accelerator device, NodeLink? link, SoftwareStack stack, FittedModel model,
        double confidence = UsualConfidence)
    {
        _shape = ShapeCosts.Of(shape, stack.PadsVocabulary);
        (_device, _links, _stack, _model, _confidence) = (device, LinkRates.Of(link, device, stack.Widths), stack, model, confidence);
        _bound = new BoundCoefficients?[Precisions * Schemes * Attentions * Compilations * Counts * Groupings * Sharings];
    }

    /// <summary>The terms of one optimizer step; finite and positive for every valid setup.</summary>
    public StepTime Predict(in TrainingSetup setup)
    {
        var bound = Bound(setup, Kind(setup));
        return StepTimeEquation.Evaluate(_shape, bound.Rates, _links, setup, bound.Coefficients, bound.Messages);
    }

    /// <summary>
    /// Standard deviation of the natural logarithm of the step time, such that a normal interval of the asked confidence covers what it
    /// says. Worked out once for each family of setups.
    /// </summary>
    public double LogSpread(in TrainingSetup setup)
    {
        var kind = Kind(setup);
        var family = (kind * SpreadFamily.Count + SpreadFamily.Of(setup), SpreadFamily.AxesOf(setup));
        if (!_spreads.TryGetValue(family, out var spread))
            _spreads[family] = spread = Bound(setup, kind).LogSpread(_shape, _links, SpreadFamily.Typical(setup));
        return spread;
    }

    /// <summary>What decides how uncertain a setup's step time is, and with which others it would be wrong together.</summary>
    internal SpeedBelief Belief(in TrainingSetup setup) => Bound(setup, Kind(setup)).Belief(_shape, _links, setup);

    /// <summary>A bound below <see cref="LogSpread"/> that costs nothing: what is left where all coefficients are known.</summary>
    public double LeastLogSpread(in TrainingSetup setup) => Bound(setup, Kind(setup)).LeastLogSpread;

    private BoundCoefficients Bound(in TrainingSetup setup, int kind) =>
        _bound[kind] ??= BoundCoefficients.Of(_model, _shape, _device, _stack, setup, _confidence);

    /// <summary>Setups that share coefficients: one rank has none of its scheme.</summary>
    private static int Kind(in TrainingSetup setup) =>
        ((((((int)setup.Precision * Schemes + (int)setup.Layout.Scheme) * Attentions + (int)setup.Attention) * Compilations
            + (setup.Compile ? 1 : 0)) * Counts + (setup.Gpus == 1 ? 0 : 1)) * Groupings + (setup.Layout.IsGrouped ? 1 : 0)) * Sharings
        + (setup.Layout.SplitsModel ? 1 : 0);
}
