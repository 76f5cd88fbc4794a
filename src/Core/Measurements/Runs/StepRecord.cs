namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>What one line of a log says of a step. A number that it does not give is NaN.</summary>
public readonly record struct StepRecord(int Step)
{
    /// <summary>The rank that printed it; -1 where the line does not say.</summary>
    public int Rank { get; init; } = -1;

    /// <summary>Seconds of one optimizer step.</summary>
    public float Seconds { get; init; } = float.NaN;

    /// <summary>The rate printed, of the log's <see cref="RateKind"/>.</summary>
    public float Rate { get; init; } = float.NaN;

    /// <summary>Training loss.</summary>
    public float Loss { get; init; } = float.NaN;

    /// <summary>Sequences per step, where the line says.</summary>
    public float Batch { get; init; } = float.NaN;

    /// <summary>Seconds of a step spent waiting for data.</summary>
    public float DataSeconds { get; init; } = float.NaN;

    /// <summary>MFU as printed, as a share.</summary>
    public float Mfu { get; init; } = float.NaN;

    /// <summary>When, in seconds of the log's <see cref="ClockKind"/>.</summary>
    public double Clock { get; init; } = double.NaN;

    /// <summary>What happened since the step before it.</summary>
    public StepMarks Marks { get; init; }

    /// <summary>Which stretch without a restart it is of, from 0.</summary>
    public int Stretch { get; init; }
}

/// <summary>Parts of a step that programs time.</summary>
public enum StepPhase
{
    /// <summary>The forward pass.</summary>
    Forward,

    /// <summary>The backward pass, with the exchange of gradients where they overlap.</summary>
    Backward,

    /// <summary>Both in one.</summary>
    ForwardBackward,

    /// <summary>The exchange of gradients that does not overlap.</summary>
    GradientExchange,

    /// <summary>The optimizer.</summary>
    Optimizer,
}

/// <summary>What happened before a step was printed, which its time may hold.</summary>
[Flags]
public enum StepMarks : byte
{
    /// <summary>Nothing but training.</summary>
    None = 0,

    /// <summary>An evaluation.</summary>
    Evaluation = 1,

    /// <summary>A checkpoint was written.</summary>
    Checkpoint = 2,

    /// <summary>A compiler ran.</summary>
    Compilation = 4,

    /// <summary>The program started.</summary>
    Start = 8,
}

/// <summary>What a log's rate counts.</summary>
public enum RateKind
{
    /// <summary>Nothing: the log prints no rate.</summary>
    None,

    /// <summary>Tokens per second of one device.</summary>
    TokensPerGpu,

    /// <summary>Tokens per second of all devices.</summary>
    Tokens,

    /// <summary>Sequences per second of all devices.</summary>
    Samples,

    /// <summary>Steps per second.</summary>
    Steps,
}

/// <summary>What a log's clock counts.</summary>
public enum ClockKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Seconds since 1970, UTC where the log's zone is not told.</summary>
    Wall,

    /// <summary>Seconds since the program started.</summary>
    Elapsed,

    /// <summary>Seconds of training alone: it stands still during evaluation.</summary>
    Training,
}
