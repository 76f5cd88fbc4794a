using System.Runtime.CompilerServices;

namespace SlmPlanner.Core.Time;

/// <summary>
/// The terms of one optimizer step on one rank, in seconds; they add up to the step.
/// Host launch time that the device's work hides is in no term: launches hold the excess only.
/// </summary>
public struct StepTime
{
    /// <summary>Most terms that there is room for.</summary>
    internal const int Capacity = 16;

    private Amounts _seconds;

    /// <summary>The whole step, seconds.</summary>
    public double TotalSeconds { get; private set; }

    /// <summary>Seconds of one term.</summary>
    public readonly double this[StepTerm term] => _seconds[term.Index];

    internal void Add(int index, double seconds)
    {
        _seconds[index] = seconds;
        TotalSeconds += seconds;
    }

    [InlineArray(Capacity)]
    private struct Amounts
    {
        private double _first;
    }
}
