using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Measurement;

/// <summary>What one child process hands to its parent: the last line of its standard output.</summary>
internal sealed record RankReport
{
    /// <summary>How it ended.</summary>
    public required BurstStatus Status { get; init; }

    /// <summary>What went wrong, if anything.</summary>
    public string? Message { get; init; }

    /// <summary>Ranks that share a host.</summary>
    public int RanksPerHost { get; init; } = 1;

    /// <summary>Every step in order.</summary>
    public IReadOnlyList<StepSample> Samples { get; init; } = [];

    /// <summary>Whole steps of the bare loop, where that was the purpose.</summary>
    public IReadOnlyList<double>? BareStepS { get; init; }

    /// <summary>Steps of each scheme of <see cref="SchemeRace.Schemes"/>, where that was the purpose.</summary>
    public IReadOnlyList<IReadOnlyList<StepSample>>? Race { get; init; }

    /// <summary>Memory that the process held before the model was built.</summary>
    public double? BaselineMemoryBytes { get; init; }

    /// <summary>The most that training added to the baseline.</summary>
    public double? PeakMemoryBytes { get; init; }

    /// <summary>Gradient norm of the last step, before its update.</summary>
    public double? GradientNorm { get; init; }

    /// <summary>The kernel that flash attention ran, as libtorch chose it.</summary>
    public string? AttentionKernel { get; init; }

    /// <summary>Versions of TorchSharp and libtorch.</summary>
    public string? Torch { get; init; }
}
