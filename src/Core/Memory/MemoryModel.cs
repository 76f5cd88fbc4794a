using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// Peak memory of one rank for one model, from the recipe, the ZeRO stage and what the software stack keeps. Bound once
/// to a shape, then evaluated per setup without allocating, since the search evaluates it millions of times.
/// <see cref="MemoryComponents"/> lists the terms.
/// </summary>
/// <remarks>
/// Of a pipeline the stage with the largest peak counts, and of training and an evaluation the moment with the larger one. Left out: the
/// batch of tokens itself.
/// </remarks>
public sealed class MemoryModel
{
    /// <summary>16-bit gradients and fp32 master copy and moments on the host (Ren et al. 2021, ZeRO-Offload, section 4.1).</summary>
    private const double OffloadedBytes = 14;

    private readonly BoundShape _bound;
    private readonly StageShapes _stages;

    /// <summary>Binds the model to a shape in an unknown stack.</summary>
    /// <param name="shape">A valid shape.</param>
    public MemoryModel(TransformerShape shape)
        : this(shape, MemoryTraits.Unknown)
    {
    }

    /// <summary>Binds the model to a shape in a stack.</summary>
    /// <param name="shape">A valid shape.</param>
    /// <param name="traits">What the stack does.</param>
    /// <param name="constants">Context, slack and the other fitted numbers; what documents suggest where left out.</param>
    /// <param name="learned">Share of what comes and goes that learned peaks add, above −1.</param>
    public MemoryModel(TransformerShape shape, MemoryTraits traits, MemoryConstants? constants = null, double learned = 0)
    {
        (Shape, _bound) = (shape, new(shape, traits, constants ?? MemoryConstants.Documented) { Learned = learned });
        _stages = new(_bound);
    }

    /// <summary>The shape the model is bound to.</summary>
    public TransformerShape Shape { get; }

    /// <summary>
    /// Peak memory of the rank that needs most under <paramref name="setup"/>, by component; finite and positive for every valid setup.
    /// </summary>
    public MemoryBreakdown Predict(in TrainingSetup setup)
    {
        if (!setup.Layout.SplitsModel)
            return Predict(_bound, setup);
        var largest = new MemoryBreakdown();
        foreach (var stage in _stages.Of(setup.Layout, setup.Tuning))
        {
            var peak = Predict(stage, setup);
            if (peak.Total.Count > largest.Total.Count)
                largest = peak;
        }
        return largest;
    }

    /// <summary>
    /// Peak memory of the rank of the first stage that needs most, whose peak some stacks log; of the model where nothing splits it.
    /// </summary>
    public MemoryBreakdown PredictFirstStage(in TrainingSetup setup) =>
        Predict(setup.Layout.SplitsModel ? _stages.Of(setup.Layout, setup.Tuning)[0] : _bound, setup);

    private static MemoryBreakdown Predict(BoundShape part, in TrainingSetup setup)
    {
        var step = new StepMemory(part, setup);
        var peak = new MemoryBreakdown();
        foreach (var component in MemoryComponents.Span)
            peak[component] = component.Bytes(step, peak);
        return setup.EvalBatch > 0 ? EvaluationPass.Greater(part, setup, peak) : peak;
    }

    /// <summary>
    /// Memory of the host that one rank needs, bytes: for gradients and optimizer states, and for inputs of blocks; 0 where those are on
    /// the device. Of a pipeline the stage counts that has most.
    /// </summary>
    public double HostBytes(in TrainingSetup setup)
    {
        if (!setup.Layout.SplitsModel)
            return OnHost(new(_bound, setup));
        var most = 0.0;
        foreach (var stage in _stages.Of(setup.Layout, setup.Tuning))
            most = Math.Max(most, OnHost(new(stage, setup)));
        return most;
    }

    private static double OnHost(in StepMemory step)
    {
        var ranks = step.Setup.OptimizerRanks;
        var states = step.IsOnHost ? OffloadedBytes * step.TrainedOver(ranks) / ranks : 0;
        return states + (step.Setup.KeepsInputsOnHost ? BlockInputs.Whole(step) : 0);
    }
}
