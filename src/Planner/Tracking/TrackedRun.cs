using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Planning.Tracking;
using SlmPlanner.Data.Logs;
using SlmPlanner.Planner.Requests;

namespace SlmPlanner.Planner.Tracking;

/// <summary>Holds what a log tells against a plan.</summary>
/// <param name="tracked">The plan.</param>
/// <param name="said">What a person says of the run where its log does not.</param>
/// <param name="batch">The batch as a person states it; null where not.</param>
internal sealed class TrackedRun(TrackedPlan tracked, RunFacts said, string? batch)
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>How far the run is. What the plan and the log disagree about is told once on standard error.</summary>
    /// <exception cref="InputException">The log tells no step time yet.</exception>
    public RunProgress Progress(LoggedRun logged)
    {
        if (logged.Log is not { } log)
            throw new InputException(logged.Problem ?? $"{logged.Name}: nothing could be read");
        var joined = log with { Facts = Facts(log) };
        var steady = SteadyState.Of(joined);
        if (RunNumbers.Of(joined, steady, null, null).TokensPerStep is null)
            joined.Facts.Set(RunField.TokensPerStep, tracked.TokensPerStep, FactSource.Derived, "plan");
        if (steady.Pace is null)
            throw new InputException($"{logged.Name}: no line tells the time of a step yet");
        return ProgressForecast.Of(joined, steady, RunNumbers.Of(joined, steady, null, null), tracked);
    }

    private RunFacts Facts(RunLog log)
    {
        var known = new RunFacts();
        known.Add(log.Facts);
        var (own, facts) = (new RunFacts(), new RunFacts());
        own.Add(said);
        if (StatedBatch.Add(batch, own, known) is { } understood)
            Tell(understood);
        facts.Add(own);
        facts.Add(log.Facts);
        foreach (var (field, planned) in ((RunField, double)[])[(RunField.Gpus, tracked.Plan.Gpus), (RunField.SeqLen, tracked.Plan.SeqLen)])
        {
            facts.Set(field, planned, FactSource.Derived, "plan");
            if (log.Facts.Number(field) is { } found && found != planned)
                Tell($"warning: {field} is {found} in the log and {planned} in the plan");
        }
        return facts;
    }

    private void Tell(string text)
    {
        if (_told.Add(text))
            Console.Error.WriteLine(text);
    }
}
