namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>A count that a program prints as it grows, and what it grows by in a step.</summary>
internal sealed class RunningCount
{
    private int _step = -1;
    private double _count, _grown, _steps;

    /// <summary>Growth per step over all stretches in which it grew; NaN where there was none.</summary>
    public double PerStep => _steps > 0 ? _grown / _steps : double.NaN;

    /// <summary>Takes the count at a step; one that falls begins anew.</summary>
    public void Add(int step, double count)
    {
        if (!double.IsFinite(count) || count < 0)
            return;
        if (_step >= 0 && step > _step && count > _count)
        {
            _grown += count - _count;
            _steps += step - _step;
        }
        (_step, _count) = (step, count);
    }
}
