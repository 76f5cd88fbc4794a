using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Economics.Cost;

/// <summary>
/// What a run does besides its steps. Every property defaults to a run where nothing goes wrong; the numbers in use,
/// each with its source or marked as assumed, are in <c>profiles/risk.json</c> and nowhere else.
/// </summary>
public sealed record RunAssumptions
{
    /// <summary>Wait for machines before the run, not billed, seconds; the mean of an exponential wait.</summary>
    public double QueueSeconds { get; init; }

    /// <summary>Billed time from the machines' start to the first step: images, data, initialisation, seconds.</summary>
    public double StartUpSeconds { get; init; }

    /// <summary>Compiling the model, where it is compiled, seconds: at the start and again at every restart.</summary>
    public double CompileSeconds { get; init; }

    /// <summary>Evaluation during training as a share of the time of all steps, 0..1.</summary>
    public double EvaluationShare { get; init; }

    /// <summary>Checkpoint bytes per parameter: fp32 weights and Adam's two moments are 12.</summary>
    public double CheckpointBytesPerParameter { get; init; }

    /// <summary>Checkpoints kept at a time, where storage has a price.</summary>
    public double CheckpointsKept { get; init; }

    /// <summary>Bytes of the prepared data set per token, where storage has a price.</summary>
    public double DatasetBytesPerToken { get; init; }

    /// <summary>Rate at which a run writes checkpoints, training being stopped meanwhile.</summary>
    public BytesPerSecond CheckpointWrite { get; init; } = new(double.PositiveInfinity);

    /// <summary>Failures of one machine per hour.</summary>
    public double FailuresPerNodeHour { get; init; }

    /// <summary>Interruptions of one spot machine per hour.</summary>
    public double InterruptionsPerNodeHour { get; init; }

    /// <summary>Billed time from a new start to where the last checkpoint was, compilation aside, seconds.</summary>
    public double RestartSeconds { get; init; }

    /// <summary>
    /// Wait for a replacement after a failure, billed since the other machines are kept, seconds; the mean of an exponential wait.
    /// </summary>
    public double WaitAfterFailureSeconds { get; init; }

    /// <summary>
    /// Wait for capacity after a spot interruption, not billed since all machines are given back, seconds; the mean of an exponential wait.
    /// </summary>
    public double WaitAfterInterruptionSeconds { get; init; }

    /// <summary>Stops per second of a run on <paramref name="nodes"/> machines: any of them stops all.</summary>
    public double StopsPerSecond(int nodes, bool spot) => nodes * StopsPerNodeHour(spot) / 3600;

    /// <summary>Share of stops that are failures, 0..1; the rest are spot interruptions.</summary>
    public double FailureShare(bool spot) => StopsPerNodeHour(spot) is > 0 and var rate ? FailuresPerNodeHour / rate : 0;

    /// <summary>Billed seconds from the machines' start to the first step.</summary>
    /// <param name="compile">True when the model is compiled.</param>
    public double UntilFirstStep(bool compile) => StartUpSeconds + (compile ? CompileSeconds : 0);

    /// <summary>Billed seconds from a new start to where the last checkpoint was: a new process compiles again.</summary>
    /// <param name="compile">True when the model is compiled.</param>
    public double UntilResumed(bool compile) => RestartSeconds + (compile ? CompileSeconds : 0);

    private double StopsPerNodeHour(bool spot) => FailuresPerNodeHour + (spot ? InterruptionsPerNodeHour : 0);

    /// <summary>The checkpoint of a model.</summary>
    public Bytes CheckpointOf(double parameters) => new(parameters * CheckpointBytesPerParameter);
}
