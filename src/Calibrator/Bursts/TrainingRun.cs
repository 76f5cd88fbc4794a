using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Data.Measurements.Bursts;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>A model in training on one rank: each call of <see cref="Step"/> is one timed optimizer step on new tokens.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly BurstSpec _spec;
    private readonly IComputeDevice _device;
    private readonly IParameterStore _parameters;
    private readonly StagedPass _pass;
    private readonly TokenStream _stream;
    private readonly Decoder _decoder;
    private int _steps;

    /// <summary>Takes ownership of the parameters.</summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="decoder">The model.</param>
    /// <param name="parameters">Resident or sharded.</param>
    /// <param name="dataSeed">Seed of this rank's tokens.</param>
    public TrainingRun(BurstSpec spec, IComputeDevice device, Decoder decoder, IParameterStore parameters, int dataSeed)
    {
        (_spec, _device, _decoder, _parameters) = (spec, device, decoder, parameters);
        _pass = new StagedPass(decoder, parameters, spec.Recomputation);
        _stream = new TokenStream(spec.Vocab, dataSeed);
    }

    /// <summary>Gradient norm of the last step, where it was asked for.</summary>
    public double? GradientNorm { get; private set; }

    /// <summary>See <see cref="Decoder.AttentionKernel"/>.</summary>
    public string? AttentionKernel => _decoder.AttentionKernel;

    /// <summary>
    /// Runs one optimizer step. The tokens are drawn before the clock starts; the gradient norm stops it, once communication is done.
    /// </summary>
    /// <param name="warmup">Recorded with the sample.</param>
    /// <param name="withGradientNorm">True to compute <see cref="GradientNorm"/> too.</param>
    public StepSample Step(bool warmup, bool withGradientNorm)
    {
        using var scope = NewDisposeScope();
        var batches = Enumerable.Range(0, _spec.GradAccum)
            .Select(_ => _stream.NextBatch(_spec.MicroBatch, _spec.SeqLen, _device.Torch)).ToArray();
        var clock = new PhaseClock(_device);
        var loss = 0.0;
        for (var i = 0; i < batches.Length; i++)
        {
            var (tokens, targets) = batches[i];
            loss += _pass.Run(tokens, targets, 1.0 / batches.Length, i == batches.Length - 1, clock.EndForward) / batches.Length;
            clock.EndBackward();
        }
        _parameters.CompleteGradients();
        if (withGradientNorm)
            GradientNorm = clock.Paused(_parameters.GradientNorm);
        _parameters.Step();
        return clock.Finish(_steps++, warmup, loss);
    }

    /// <inheritdoc/>
    public void Dispose() => _parameters.Dispose();
}
