using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Numerics;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Core.Time;

/// <summary>What the terms of one step are worked out from, and what they leave for the terms after them.</summary>
internal ref struct StepContext
{
    /// <summary>Forward, and two gradients.</summary>
    public const double ForwardAndBackward = 3;

    private const double Picojoule = 1e-12;

    /// <summary>The transformer.</summary>
    public readonly ref readonly ShapeCosts Shape;

    /// <summary>The device, for the setup's precision.</summary>
    public readonly ref readonly DeviceRates Device;

    public readonly ref readonly LinkRates Links;

    /// <summary>How the step is run.</summary>
    public readonly ref readonly TrainingSetup Setup;

    /// <summary>How blocks lie on stages.</summary>
    public readonly StageSplit Split;

    /// <summary>How often the step goes through the work of a forward pass.</summary>
    public readonly TrainedWork Trained;

    private ReadOnlySpan<double> _coefficients;
    private ulong _read;

    /// <summary>Multiplies of the blocks.</summary>
    public readonly MatmulTime Block;

    /// <summary>Multiplies that an 8-bit recipe keeps wider: the output head.</summary>
    public readonly MatmulTime Head;

    /// <summary>
    /// Seconds per operation to which board power bounds multiplies that an 8-bit recipe keeps wider; 0 where it bounds nothing.
    /// </summary>
    public readonly double WidePowerSeconds;

    /// <summary>Forward seconds of one micro-batch, as the terms leave them.</summary>
    public double MatmulForward, AttentionForward, MemoryBoundForward;

    /// <summary>Device work of one micro-batch by the terms so far, seconds.</summary>
    public double WorkSeconds;

    /// <summary>Of it the output head's and the loss's, which one stage of a pipeline does.</summary>
    public double HeadSeconds;

    /// <summary>Of it what ranks that share the model exchange in the forward pass.</summary>
    public double ForwardExchanges;

    /// <summary>One micro-batch, launches included, seconds: what communication hides behind.</summary>
    public double MicroBatchSeconds;

    /// <summary>Seconds of the step's messages: given where they are known, else left by the communication.</summary>
    public MessageSeconds? Messages;

    /// <summary>The same of the messages of ranks that share the model.</summary>
    public ModelMessages? Shared;

    /// <param name="shape">The average rank's part of the transformer.</param>
    /// <param name="device">The device.</param>
    /// <param name="links">Its links.</param>
    /// <param name="setup">How the step is run.</param>
    /// <param name="coefficients">In the order of <see cref="StepCoefficient"/>.</param>
    /// <param name="split">How blocks lie on stages; not read where there is one.</param>
    public StepContext(
        in ShapeCosts shape, in DeviceRates device, in LinkRates links, in TrainingSetup setup, ReadOnlySpan<double> coefficients,
        in StageSplit split)
    {
        Split = split;
        Shape = ref shape;
        Device = ref device;
        Links = ref links;
        Setup = ref setup;
        Trained = TrainedWork.Of(setup.Tuning, shape.Layers / shape.Part.Blocks);
        _coefficients = coefficients;
        var joules = this[C.PowerPerFlop] * Picojoule;
        var usual = setup.Precision switch { Precision.Tf32 => this[C.Tf32Energy], Precision.Fp32 => this[C.Fp32Energy], _ => 1 };
        var narrow = device.IsFp8 ? this[C.Fp8Energy] : usual;
        WidePowerSeconds = device.Watts > 0 ? usual * joules / device.Watts : 0;
        var perOperation = this[C.MatmulInverseEfficiency];
        var traffic = this[C.OperandTraffic] / device.BandwidthBytes * device.ElementBytes;
        Block = new(
            perOperation * (device.IsFp8 ? this[C.Fp8InverseGain] : 1) / device.MatmulFlops, this[C.Misalignment],
            device.Watts > 0 ? narrow * joules / device.Watts : 0, this[C.NarrowWidth], traffic);
        Head = device.IsFp8
            ? new(perOperation / device.WideFlops, this[C.Misalignment], WidePowerSeconds, this[C.NarrowWidth], traffic)
            : Block;
    }

    /// <summary>A coefficient, not its logarithm.</summary>
    public double this[C coefficient]
    {
        get
        {
            _read |= 1UL << (int)coefficient;
            return _coefficients[(int)coefficient];
        }
    }

    /// <summary>
    /// The coefficients that were asked for since this was last taken, by bits: others had no part in what was worked out.
    /// </summary>
    public ulong TakeRead()
    {
        var read = _read;
        _read = 0;
        return read;
    }

    /// <summary>The same with other coefficients from here on: those that were asked for so far must be as they were.</summary>
    public readonly StepContext With(ReadOnlySpan<double> coefficients) => this with { _coefficients = coefficients };

    /// <summary>Tokens of one micro-batch on one rank.</summary>
    public readonly double Tokens => Setup.RankTokens;

    /// <summary>Efficiencies of the links, as fitted. What lies between nodes is not asked for where there is one.</summary>
    public LinkEfficiency LinkEfficiency()
    {
        var spansNodes = Setup.Gpus > Setup.Layout.GpusPerNode;
        return new(
            this[C.IntraNodeInverseEfficiency], spansNodes ? this[C.InterNodeInverseEfficiency] : 1, spansNodes ? this[C.Congestion] : 0,
            this[C.CollectiveLatencySeconds], this[C.RingHopSeconds]);
    }

    /// <summary>Seconds of the messages of ranks that share the model.</summary>
    public ModelMessages ModelMessages() => Shared ??= Links.MeasuredFor(Setup.Layout) is { } measured
        ? Communication.ModelMessages.Of(Shape, Setup, Device.ElementBytes, new MeasuredLink(measured))
        : Communication.ModelMessages.Of(Shape, Setup, Device.ElementBytes, new DatasheetLink(Links, Setup.Layout, LinkEfficiency()));

    /// <summary>
    /// A micro-batch's work on the slowest stage of a pipeline over that on the average one: the last stage has fewer blocks and the head.
    /// </summary>
    public readonly double SlowestStage()
    {
        if (Setup.Tuning.Method == TuningMethod.Freeze)
            return SlowestTrainedStage().Seconds / WorkSeconds;
        var split = Split;
        var perBlock = (WorkSeconds - HeadSeconds) / Shape.Layers;
        var blocks = split.Working;
        var (most, last) = (perBlock * blocks.Most, perBlock * blocks.Last + HeadSeconds * split.Stages);
        return (blocks.Last < blocks.Most ? SmoothMaximum.OfSixteenthPowers(most, last) : last) / WorkSeconds;
    }

    /// <summary>
    /// The same where the first blocks are frozen, seconds: forward work lies on all stages, backward work on those with trained blocks.
    /// </summary>
    public readonly (double Seconds, double Work, double Trained) SlowestTrainedStage()
    {
        var forward = MatmulForward + AttentionForward + MemoryBoundForward + ForwardExchanges;
        var backward = Math.Max(0, WorkSeconds - HeadSeconds - forward);
        return TrainedStages.Slowest(
            forward / Shape.Layers, backward * Split.Stages / TrainedStages.Trained, HeadSeconds * Split.Stages);
    }

    /// <summary>How trained blocks lie on stages where the first ones are frozen.</summary>
    public readonly TrainedStages TrainedStages => new(Split, Math.Min(Setup.Tuning.TrainedBlocks, Split.Blocks));

    /// <summary>
    /// Counts exchanges of ranks that share the model, which every micro-batch makes; gives the seconds of the step.
    /// </summary>
    /// <param name="seconds">Seconds of a micro-batch.</param>
    /// <param name="passes">Those of both directions over those of the forward pass.</param>
    public double EveryExchange(double seconds, double passes)
    {
        ForwardExchanges += seconds / passes;
        return EveryMicroBatch(seconds);
    }

    /// <summary>Counts device work that every micro-batch does; gives the seconds of the step.</summary>
    public double EveryMicroBatch(double seconds)
    {
        WorkSeconds += seconds;
        return Setup.GradAccum * seconds;
    }
}
