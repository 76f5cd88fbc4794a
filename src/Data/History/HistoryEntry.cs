namespace SlmPlanner.Data.History;

/// <summary>One run as history keeps it.</summary>
public sealed record HistoryEntry
{
    /// <summary>Number of the run; 0 before it is kept.</summary>
    public long Id { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Host.</summary>
    public required string Machine { get; init; }

    /// <summary>Device name in profiles.</summary>
    public required string Device { get; init; }

    /// <summary>Versions of this program, TorchSharp and libtorch.</summary>
    public required string Versions { get; init; }

    /// <summary>Budget and threads, as text.</summary>
    public required string Settings { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Bursts measured.</summary>
    public required int Bursts { get; init; }

    /// <summary>Mean absolute error of step time on the held-back bursts, as a share; null without any.</summary>
    public double? HeldOutError { get; init; }

    /// <summary>Named numbers to compare: rates of micro-benchmarks and fitted coefficients.</summary>
    public required IReadOnlyDictionary<string, double> Numbers { get; init; }
}
