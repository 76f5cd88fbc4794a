using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Measurements;

using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Workloads;

/// <summary>An observation resolved against the catalogs: what the fit and the prediction work on.</summary>
public sealed record Workload
{
    /// <summary>The observation.</summary>
    public required Observation Observation { get; init; }

    /// <summary>Its transformer.</summary>
    public required TransformerShape Shape { get; init; }

    /// <summary>Numbers of the shape.</summary>
    public required ShapeCosts Costs { get; init; }

    /// <summary>The device's canonical name.</summary>
    public required string Device { get; init; }

    /// <summary>Peak rate of 16-bit multiplies, operations per second: what the naive rule takes its share of.</summary>
    public required double PeakFlops { get; init; }

    /// <summary>Rates of the device.</summary>
    public required DeviceRates Rates { get; init; }

    /// <summary>Rates of the links.</summary>
    public required LinkRates Links { get; init; }

    /// <summary>Groups for the coefficients.</summary>
    public required GroupKeys Keys { get; init; }

    /// <summary>The publication that it is from, whatever the spelling of its source; null where none is stated.</summary>
    public string? Publication { get; init; }

    /// <summary>Setups that agree with the observation, equally likely.</summary>
    public required IReadOnlyList<TrainingSetup> Setups { get; init; }

    /// <summary>What was filled in or averaged over, for people.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }

    /// <summary>Standard error of the logarithm of the measured time, where it was measured with its spread; else 0.</summary>
    public double MeasuredSpread { get; init; }

    /// <summary>Natural logarithm of the measured seconds per token and device; NaN where nothing was measured.</summary>
    public double LogSecondsPerToken => Observation.TokensPerSecondPerGpu is { } speed ? -Math.Log(speed) : double.NaN;

    /// <summary>Measured model FLOPs utilisation, of the dense peak in the row's precision; null where nothing was measured.</summary>
    public double? Mfu =>
        Observation.TokensPerSecondPerGpu * FlopCount.Training(Shape, Setups[0].SeqLen).Total.Count / Rates.MatmulFlops;

    /// <summary>Stack and size: what leaving a model out leaves out.</summary>
    public string ModelKey => FormattableString.Invariant($"{Keys.Stack}: {Observation.Model.Layers}x{Observation.Model.DModel}");
}
