using System.Runtime.CompilerServices;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Planning.Tracking;
using SlmPlanner.Data.Logs;
using SlmPlanner.Data.Logs.Tables;
using SlmPlanner.Planner.Tracking;
using SlmPlanner.Presentation.Plans;
using SlmPlanner.Presentation.Runs;

namespace SlmPlanner.Planner.Web.Runs;

/// <summary>A run that is watched against its plan: the plan is read once, the log whenever somebody looks.</summary>
internal sealed class WatchedRun : IDisposable
{
    private const char Between = '=';
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly string _path;
    private readonly TrackedPlan _plan;
    private readonly TrackedRun _run;
    private readonly GrowingLog _log;
    private readonly Lock _lock = new();
    private WatchedState? _state;
    private int _steps = -1;

    private WatchedRun(int number, string log, TrackedPlan plan)
    {
        (Number, Name, _path, _plan) = (number, Path.GetFileName(log.TrimEnd('/', '\\')), log, plan);
        _run = new(plan, new RunFacts(), null);
        _log = new(log, new Dictionary<string, Metric>());
    }

    /// <summary>Its number on the page, from 1.</summary>
    public int Number { get; }

    /// <summary>The log's name, without its folder.</summary>
    public string Name { get; }

    /// <summary>Opens the runs that are named when the server starts.</summary>
    /// <param name="texts">A plan.json and a log each, with an equals sign between them.</param>
    /// <exception cref="InputException">One has no equals sign, or its plan can't be read.</exception>
    public static IReadOnlyList<WatchedRun> Open(IEnumerable<string> texts) => [.. texts.Select((text, index) => Open(text, index + 1))];

    /// <summary>The run now.</summary>
    public WatchedState Look()
    {
        lock (_lock)
        {
            try
            {
                var logged = _log.Look();
                if (_state?.Progress is not null && logged.Log?.PrintedSteps == _steps)
                    return _state;
                var progress = _run.Progress(logged);
                _steps = logged.Log!.PrintedSteps;
                return _state = new(this, _plan, progress, TrackReport.Of(progress, _plan.Plan.PlanId, Name), null);
            }
            catch (InputException exception)
            {
                var problem = exception.Message.Replace(_path, Name, StringComparison.Ordinal);
                return _state = _state?.Problem == problem ? _state : new(this, _plan, _state?.Progress, _state?.Report, problem);
            }
        }
    }

    /// <summary>The run now, and again after each change, until the caller leaves.</summary>
    public async IAsyncEnumerable<WatchedState> Follow([EnumeratorCancellation] CancellationToken leave)
    {
        WatchedState? shown = null;
        while (!leave.IsCancellationRequested)
        {
            var now = Look();
            if (!ReferenceEquals(now, shown))
                yield return shown = now;
            await Task.Delay(Pause, leave).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _log.Dispose();

    private static WatchedRun Open(string text, int number)
    {
        var at = text.IndexOf(Between, StringComparison.Ordinal);
        if (at <= 0 || at == text.Length - 1)
            throw new InputException($"--track is '{text}', expected PLAN=LOG such as out/plan.json=train.log");
        return new(number, text[(at + 1)..], TrackedPlan.Of(PlanJson.ReadFile(text[..at]), null, null));
    }
}

/// <summary>What a watched run has come to.</summary>
/// <param name="Run">The run.</param>
/// <param name="Plan">Its plan.</param>
/// <param name="Progress">How far it is; null before its log tells a step.</param>
/// <param name="Report">The same as the command line tells it.</param>
/// <param name="Problem">Why the log can't be read now; null where it can.</param>
internal sealed record WatchedState(WatchedRun Run, TrackedPlan Plan, RunProgress? Progress, TrackReport? Report, string? Problem);
