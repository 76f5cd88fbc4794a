using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>Reads the lines of one form of log. A reader keeps state between lines, so each log has its own.</summary>
internal abstract class LogReader
{
    /// <summary>The form.</summary>
    public abstract LogFormat Format { get; }

    /// <summary>The training program that prints it, in a spelling that stacks know; null where several do.</summary>
    public virtual string? Stack => null;

    /// <summary>True for a line that only this form has: one that tells a step.</summary>
    public abstract bool Tells(ReadOnlySpan<byte> line);

    /// <summary>Takes a line, without what a launcher put before it.</summary>
    public abstract void Read(ReadOnlySpan<byte> line, RunRecorder run);

    /// <summary>
    /// True for a line, colours and all, that is seen at a glance to repeat what another rank printed of the last step; what it adds is
    /// taken.
    /// </summary>
    public virtual bool IsCopy(ReadOnlySpan<byte> raw, RunRecorder run) => false;

    /// <summary>Takes the end of the log.</summary>
    public virtual void End(RunRecorder run)
    {
    }

    /// <summary>The rank that printed a line, by the line itself or what a launcher put before it; -1 where neither says.</summary>
    protected static int RankOf(ReadOnlySpan<byte> line, RunRecorder run) => LineRank.Of(line) is >= 0 and var own ? own : run.Rank;

    /// <summary>Keeps the line's time as the clock where it has one, and returns it.</summary>
    protected static double Wall(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var clock = LineClock.Of(line);
        if (!double.IsNaN(clock))
            run.Clock = ClockKind.Wall;
        return clock;
    }
}
