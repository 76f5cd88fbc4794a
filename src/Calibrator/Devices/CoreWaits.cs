using System.Globalization;

namespace SlmPlanner.Calibrator.Devices;

/// <summary>
/// How long threads of this process were ready to run and waited for a core: the second number of <c>/proc/self/task/*/schedstat</c>
/// (Documentation/scheduler/sched-stats.rst), nanoseconds. A step lasts as long as its slowest thread, so the longest wait of one thread
/// counts.
/// </summary>
/// <param name="tasks">Where the threads' folders are.</param>
internal sealed class CoreWaits(string tasks = "/proc/self/task")
{
    private const double Nano = 1e-9;

    /// <summary>A thread that ran for less of the time is no part of the step; the runtime has several.</summary>
    private const double BusyShare = 0.3;
    private Dictionary<string, (double Ran, double Waited)> _before = [];

    /// <summary>Starts a span.</summary>
    public void Start() => _before = Read();

    /// <summary>The longest wait of a busy thread since the start of the span; null where the system does not tell.</summary>
    /// <param name="spanSeconds">How long it was.</param>
    public double? Longest(double spanSeconds)
    {
        if (_before.Count == 0)
            return null;
        var waits =
            from thread in Read()
            let before = _before.GetValueOrDefault(thread.Key)
            let ran = thread.Value.Ran - before.Ran
            let waited = thread.Value.Waited - before.Waited
            where ran + waited >= BusyShare * spanSeconds
            select waited;
        return Math.Min(spanSeconds, waits.DefaultIfEmpty(0).Max());
    }

    private Dictionary<string, (double Ran, double Waited)> Read()
    {
        Dictionary<string, (double, double)> threads = [];
        if (!Directory.Exists(tasks))
            return threads;
        foreach (var thread in Directory.EnumerateDirectories(tasks))
        {
            if (Numbers(Path.Combine(thread, "schedstat")) is [var ran, var waited, ..])
                threads[thread] = (ran * Nano, waited * Nano);
        }
        return threads;
    }

    /// <summary>Empty for a thread that has ended, and where the kernel does not count.</summary>
    private static double[] Numbers(string file)
    {
        try
        {
            return [.. File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
