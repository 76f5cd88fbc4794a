namespace SlmPlanner.Core.Planning.Results;

/// <summary>What the user's own runs do to a predicted step time, and to the memory beside it.</summary>
/// <param name="Runs">Learned runs and bursts of calibrations that the fit knows.</param>
/// <param name="StepChange">How much longer the predicted step is for all of them, as a share: 0.03 is three per cent longer, below 0
/// shorter. By the fit's tangents, so exact for small changes.</param>
/// <param name="WidthWithout">Width of the interval without them over its width with them, on a logarithmic axis; ≥ 1.</param>
/// <param name="MovedBy">Those that move it, the one that holds most first; what holds less than a thousandth is left out.</param>
public sealed record LearnedEvidence(int Runs, double StepChange, double WidthWithout, IReadOnlyList<LearnedInfluence> MovedBy)
{
    /// <summary>What their peaks do to the predicted memory; null where none of the same software is learned.</summary>
    public LearnedPeakEvidence? Memory { get; init; }
}

/// <summary>What learned peaks of memory, and runs known to have fitted or not, do to a predicted peak.</summary>
/// <param name="Runs">How many the software's prediction rests on.</param>
/// <param name="PeakChange">How much larger the median of the predicted peak is for them, as a share, below 0 smaller.</param>
/// <param name="WidthWithout">Width of its 90 % interval without them over its width with them, on a logarithmic axis, &gt; 0.</param>
public sealed record LearnedPeakEvidence(int Runs, double PeakChange, double WidthWithout);

/// <summary>One run of the user's own and what it does to a predicted step time.</summary>
/// <param name="Id">Its id in the store, 64 hexadecimal digits.</param>
/// <param name="Name">Its name: mostly that of the log.</param>
/// <param name="Source">The set-up or publication that it counts under; null where it names none.</param>
/// <param name="Learned">The day on which it was learned, UTC.</param>
/// <param name="Gpu">The device that it ran on.</param>
/// <param name="StepChange">As for all of them together.</param>
/// <param name="WidthWithout">Likewise.</param>
public sealed record LearnedInfluence(
    string Id, string Name, string? Source, DateOnly Learned, string Gpu, double StepChange, double WidthWithout);
