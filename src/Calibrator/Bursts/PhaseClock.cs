using System.Diagnostics;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Bursts;

/// <summary>
/// Splits a step's wall time into forward, backward and optimizer. On devices that run behind the host only the whole step is
/// timed, synchronised at both ends: synchronising between phases would change what is measured.
/// </summary>
internal sealed class PhaseClock
{
    private readonly IComputeDevice _device;
    private readonly long _start;
    private long _mark;
    private long _paused;
    private long _forward;
    private long _backward;

    /// <summary>Starts the step.</summary>
    public PhaseClock(IComputeDevice device)
    {
        _device = device;
        device.Synchronize();
        _start = _mark = Stopwatch.GetTimestamp();
    }

    /// <summary>A forward pass ended.</summary>
    public void EndForward() => _forward += Lap();

    /// <summary>A backward pass ended.</summary>
    public void EndBackward() => _backward += Lap();

    /// <summary>Does something that is no part of the step.</summary>
    public T Paused<T>(Func<T> work)
    {
        _device.Synchronize();
        var before = Stopwatch.GetTimestamp();
        var result = work();
        var taken = Stopwatch.GetTimestamp() - before;
        _paused += taken;
        _mark += taken;
        return result;
    }

    /// <summary>Ends the step.</summary>
    public StepSample Finish(int step, bool warmup, double loss)
    {
        _device.Synchronize();
        var optimizer = Lap();
        var whole = Seconds(_mark - _start - _paused);
        return _device.RunsBehindHost
            ? new(step, warmup, whole, null, null, null, loss)
            : new(step, warmup, whole, Seconds(_forward), Seconds(_backward), Seconds(optimizer), loss);
    }

    private long Lap()
    {
        var now = Stopwatch.GetTimestamp();
        var lap = now - _mark;
        _mark = now;
        return lap;
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;
}
