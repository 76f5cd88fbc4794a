using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// Peak memory of one rank for one model, from the recipe and the ZeRO stage. Bound once to a shape, then evaluated
/// per setup without allocating, since the search evaluates it millions of times.
/// </summary>
public sealed class MemoryModel(TransformerShape shape)
{
    /// <summary>The shape the model is bound to.</summary>
    public TransformerShape Shape { get; } = shape;

    /// <summary>Peak memory of one rank under <paramref name="setup"/>, by component.</summary>
    public MemoryBreakdown Predict(in TrainingSetup setup) => new() { Overhead = new(Shape.Layers) };
}
