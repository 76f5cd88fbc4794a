using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>
/// Peak memory of one rank for one model, from the recipe, the ZeRO stage and what the software stack keeps. Bound once
/// to a shape, then evaluated per setup without allocating, since the search evaluates it millions of times.
/// <c>docs/models.md</c> has the equations; accuracy is in <see cref="MemoryConstants"/>.
/// </summary>
/// <remarks>
/// The peak is the one that a device reports: live tensors, the allocator's slack and the context. Left out: tensor and
/// pipeline parallelism, offloading of activations, and the batch of tokens itself.
/// </remarks>
public sealed class MemoryModel
{
    private readonly MemoryTraits _traits;
    private readonly MemoryConstants _constants;
    private readonly ActivationBytes _activations;
    private readonly double _parameters;
    private readonly double _blockParameters;
    private readonly double _rootParameters;
    private readonly double _vocab;

    /// <summary>Binds the model to a shape in an unknown stack.</summary>
    /// <param name="shape">A valid shape.</param>
    public MemoryModel(TransformerShape shape)
        : this(shape, MemoryTraits.Unknown)
    {
    }

    /// <summary>Binds the model to a shape in a stack.</summary>
    /// <param name="shape">A valid shape.</param>
    /// <param name="traits">What the stack does.</param>
    /// <param name="constants">Context and slack of the machine; the fitted ones where left out.</param>
    public MemoryModel(TransformerShape shape, MemoryTraits traits, MemoryConstants? constants = null)
    {
        Shape = shape;
        _traits = traits;
        _constants = constants ?? MemoryConstants.Fitted;
        _activations = new(shape, traits, _constants);
        _parameters = ParameterCount.Of(shape).Total;
        _blockParameters = ParameterCount.OfBlock(shape);
        _rootParameters = _parameters - shape.Layers * _blockParameters;
        _vocab = shape.Vocab;
    }

    /// <summary>The shape the model is bound to.</summary>
    public TransformerShape Shape { get; }

    /// <summary>Peak memory of one rank under <paramref name="setup"/>, by component; finite and positive for every valid setup.</summary>
    public MemoryBreakdown Predict(in TrainingSetup setup)
    {
        setup.Layout.RequireDataParallel();
        var fullySharded = setup.Layout.ShardsParameters;
        var bytes = StateBytes.Of(setup.Precision, fullySharded, _traits);

        var activations = setup.TokensPerMicroBatch * _activations.PerToken(setup, bytes.Compute);
        var logits = setup.TokensPerMicroBatch * _vocab * LogitBytes(setup, bytes.Compute);
        var cast = CastCopy(setup, fullySharded);
        var freed = activations + logits;
        if (_traits.StagedBackward)
        {
            var lastBlock = setup.TokensPerMicroBatch * _activations.OneBlockPerToken(setup, bytes.Compute);
            logits = setup.Recomputation == Recomputation.Full ? Math.Max(0, logits - lastBlock) : logits;
            freed = activations - lastBlock + logits + Math.Max(0, cast - CastBytes(setup, fullySharded) * _blockParameters);
        }
        var communication = Communication(setup, bytes);
        var gradients = Gradients(setup, bytes.Gradients * _parameters / setup.GradientRanks, freed, fullySharded);
        var onDevice = _traits.OptimizerOnHost ? 0 : 1;
        var context = _constants.ContextBytes + (setup.Gpus > 1 ? _constants.CollectiveBytes : 0);
        var slack = setup.Compile ? 0 : _constants.Slack * (activations + logits + communication);
        return new(
            Parameters: new(_parameters * (bytes.Weights / setup.ParameterRanks) + cast),
            Gradients: new(onDevice * gradients),
            MasterWeights: new(onDevice * bytes.Master * _parameters / setup.OptimizerRanks),
            OptimizerStates: new(onDevice * bytes.Moments * _parameters / setup.OptimizerRanks),
            Activations: new(activations),
            Logits: new(logits),
            Communication: new(communication),
            Overhead: new(context + slack));
    }

    /// <summary>
    /// Autocast's 16-bit copies of fp32 weights live until the backward pass; a compiler casts again instead. Where blocks are recomputed
    /// in stages, one unit's copy is alive at a time.
    /// </summary>
    private double CastCopy(in TrainingSetup setup, bool fullySharded) => CastBytes(setup, fullySharded)
        * (_traits.StagedBackward && setup.Recomputation == Recomputation.Full ? Math.Max(_blockParameters, _rootParameters) : _parameters);

    private double CastBytes(in TrainingSetup setup, bool fullySharded) =>
        StateBytes.IsMixed(setup.Precision) && !_traits.SeparateMasterWeights && !fullySharded && !setup.Compile ? 2 : 0;

    /// <summary>
    /// Gradients at the peak. Kept between micro-batches they are all there; otherwise they grow while activations are
    /// freed, both nearly linear in the depth, so that only what outgrows what is freed adds to the peak.
    /// </summary>
    private double Gradients(in TrainingSetup setup, double gradients, double freed, bool fullySharded) =>
        _traits.PersistentGradients || fullySharded || setup.GradAccum > 1 ? gradients : Math.Max(0, gradients - freed);

    private double LogitBytes(in TrainingSetup setup, double compute)
    {
        if (setup.Compile)
            return _constants.CompiledLogitBytes;
        var element = _traits.HalfLogits ? compute : 4;
        return _traits.Loss switch
        {
            LossKernel.Eager => 4 * element,
            LossKernel.Direct => 3 * element,
            LossKernel.VocabParallel => 8,
            _ => 4,
        };
    }

    /// <summary>
    /// DDP's buckets hold every gradient once more unless the stack's own gradients are the buckets; ZeRO may hold a
    /// 16-bit copy and fixed buckets; FSDP gathers weights (two blocks and the root, or all) and holds the gradients of
    /// its largest unit before they are scattered.
    /// </summary>
    private double Communication(in TrainingSetup setup, StateBytes bytes)
    {
        if (setup.Gpus == 1)
            return 0;
        var gathered = Math.Min(_parameters, _rootParameters + 2 * _blockParameters);
        var unit = Math.Min(_parameters, Math.Max(_rootParameters, 2 * _blockParameters));
        return setup.Sharded switch
        {
            ShardedState.None => _traits.SeparateMasterWeights ? 0 : bytes.Gradients * _parameters,
            ShardedState.Optimizer or ShardedState.Gradients => _traits.OptimizerOnHost
                ? 0
                : _traits.ZeroBucketBytes + (_traits.ZeroGradientCopy ? 2 * _parameters / setup.GradientRanks : 0),
            _ when !setup.ReshardAfterForward => bytes.Compute * (_parameters + unit),
            _ => bytes.Compute * (gathered + unit),
        };
    }
}
