using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Prediction;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>One candidate picked out of a search: a setup on an offer.</summary>
/// <param name="Platform">The hardware.</param>
/// <param name="Result">The offer and node count.</param>
/// <param name="Priced">The setup with its time and money.</param>
/// <param name="Feasible">True when it keeps both limits.</param>
public sealed record Choice(Platform Platform, OfferResult Result, Priced Priced, bool Feasible)
{
    /// <summary>Canonical device name.</summary>
    public string Gpu => Platform.Device.Name;

    /// <summary>All devices.</summary>
    public int Gpus => Result.Gpus;

    /// <summary>What is rented or owned.</summary>
    public Offer Offer => Result.Offer;

    /// <summary>The provider.</summary>
    public string Provider => Offer.Provider;

    /// <summary>What predicts the step time of its hardware.</summary>
    /// <param name="performance">The fits.</param>
    /// <param name="model">The model to train.</param>
    /// <param name="stack">The software; null where it is open.</param>
    /// <param name="confidence">Level of its intervals.</param>
    internal StepTimeModel Time(
        PerformanceProfile performance, TransformerShape model, string? stack, double confidence = StepTimeModel.UsualConfidence) =>
        performance.Bind(model, Platform.Device, Platform.Link, stack, confidence);

    /// <summary>What decides how uncertain its step time is.</summary>
    /// <inheritdoc cref="Time"/>
    internal SpeedBelief Belief(
        PerformanceProfile performance, TransformerShape model, string? stack, double confidence = StepTimeModel.UsualConfidence) =>
        Time(performance, model, stack, confidence).Belief(Priced.Evaluation.Setup);
}
