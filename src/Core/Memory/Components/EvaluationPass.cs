using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// The moment of an evaluation between two steps: weights and states as training keeps them, no gradient that the step let go, and a
/// forward pass under <c>no_grad</c>. It has the hidden states, and either what one block works on or the logits with the loss's copies.
/// </summary>
/// <remarks>
/// Assumed: the loss alone is wanted, so that logits go with their batch (Hugging Face, <c>trainer.py</c>: <c>evaluate</c> asks for
/// <c>prediction_loss_only</c> unless metrics are computed), and no keys and values are cached (<c>use_cache</c> off).
/// </remarks>
internal static class EvaluationPass
{
    /// <summary>
    /// Tokens that sequence parallelism has together in a forward pass: a block's gathered input, and its output before it is scattered
    /// (Korthikanti et al. 2022, section 4.2.2).
    /// </summary>
    private const double GatheredTensors = 2;

    /// <summary>The memory of the evaluation where it needs more than training does, else that of training.</summary>
    /// <param name="part">The bound shape.</param>
    /// <param name="setup">A setup with an evaluation batch.</param>
    /// <param name="training">The peak of its steps.</param>
    public static MemoryBreakdown Greater(BoundShape part, in TrainingSetup setup, in MemoryBreakdown training)
    {
        var evaluated = setup with { MicroBatch = setup.EvalBatch };
        var evaluation = Of(new(part, evaluated), training);
        return evaluation.Total.Count > training.Total.Count ? evaluation : training;
    }

    private static MemoryBreakdown Of(in StepMemory step, in MemoryBreakdown training)
    {
        var memory = new MemoryBreakdown();
        memory[MemoryComponents.Weights] = training[MemoryComponents.Weights];
        memory[MemoryComponents.Copies] = training[MemoryComponents.Copies];
        memory[MemoryComponents.Master] = training[MemoryComponents.Master];
        memory[MemoryComponents.States] = training[MemoryComponents.States];
        memory[MemoryComponents.Gradients] = MemoryComponents.Gradients.BetweenSteps(step);
        memory[MemoryComponents.Buffers] = step.Sharded == ShardedState.None ? training[MemoryComponents.Buffers] : 0;
        memory[MemoryComponents.Gathered] = GatheredUnits.InForward(step);
        Forward(step, ref memory);
        memory[MemoryComponents.Learned] = MemoryComponents.Learned.Bytes(step, memory);
        memory[MemoryComponents.Slack] = MemoryComponents.Slack.Bytes(step, memory);
        memory[MemoryComponents.Context] = MemoryComponents.Context.Bytes(step, memory);
        return memory;
    }

    /// <summary>
    /// A residual stream and what a norm makes of it are there throughout; logits are made when the last block is done, and a block's
    /// attention is done before its feed-forward.
    /// </summary>
    private static void Forward(in StepMemory step, ref MemoryBreakdown memory)
    {
        memory[MemoryComponents.Norms] = step.Tokens * (step.Residual + step.Compute) * step.Shape.ResidualWidth;
        var scores = step.Tokens * MemoryComponents.Scores.ForwardPerToken(step);
        var attention = step.Tokens * AttentionActivations.ForwardPerToken(step);
        var feedForward = step.Tokens * FeedForwardActivations.ForwardPerToken(step);
        var gathered = GatheredTensors * step.Tokens * step.Compute * (step.Shape.Width - step.Shape.ResidualWidth);
        var logits = MemoryComponents.Logits.InForward(step);
        if (logits > Math.Max(attention + scores, feedForward) + gathered)
        {
            memory[MemoryComponents.Logits] = logits;
            return;
        }
        memory[MemoryComponents.GatheredBlock] = gathered;
        if (feedForward > attention + scores)
            memory[MemoryComponents.FeedForward] = feedForward;
        else
            (memory[MemoryComponents.Attention], memory[MemoryComponents.Scores]) = (attention, scores);
    }
}
