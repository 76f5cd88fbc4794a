using Microsoft.Extensions.Caching.Memory;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Probes;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Planner.Web.Metrics;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>
/// Plans for many callers: few searches at once, equal requests share one, answers are kept for a while, and the search of a
/// request that everyone left is ended.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="meter">Counts plans and times them.</param>
internal sealed class PlanDesk(TimeProvider clock, PlanMeter meter) : IDisposable
{
    private const int MostKept = 64;
    private static readonly TimeSpan KeptUnused = TimeSpan.FromHours(1);
    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });
    private readonly SemaphoreSlim _turns = new(Math.Max(2, Environment.ProcessorCount));
    private readonly Lock _lock = new();

    /// <summary>The answer to a valid question, as of today.</summary>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public async Task<PlanResult> Plan(PlanQuestion question, CancellationToken leave)
    {
        var dated = Dated(question);
        while (true)
        {
            try
            {
                return await Shared(dated).Result(leave);
            }
            catch (OperationCanceledException) when (!leave.IsCancellationRequested)
            {
                leave.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Which measurements the answer to a valid question rests on; null where nothing is recommended or was measured.</summary>
    public async Task<PlanEvidence?> Evidence(PlanQuestion question, CancellationToken leave)
    {
        await _turns.WaitAsync(leave);
        try
        {
            var planner = new Core.Planning.Planner(question.Inputs);
            return await Task.Run(() => planner.Evidence(planner.Search(Dated(question).Request, leave)), leave);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>What measuring before renting is worth to a valid question; null where nothing fits.</summary>
    public async Task<ProbePlan?> MeasureFirst(PlanQuestion question, ProbeRequest probing, CancellationToken leave)
    {
        await _turns.WaitAsync(leave);
        try
        {
            var planner = new Core.Planning.Planner(question.Inputs);
            var analysis = new ProbeAnalysis(question.Inputs);
            return await Task.Run(() => analysis.Plan(planner.Search(Dated(question).Request, leave), probing), leave);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _kept.Dispose();
        _turns.Dispose();
    }

    private PlanQuestion Dated(PlanQuestion question) =>
        question with { Request = question.Request with { Today = DateOnly.FromDateTime(clock.GetUtcNow().DateTime) } };

    private SharedWork<PlanResult> Shared(PlanQuestion question)
    {
        var key = question.Key;
        lock (_lock)
        {
            if (_kept.TryGetValue(key, out SharedWork<PlanResult>? known) && !known!.IsLost)
            {
                meter.Reused();
                return known;
            }
            var work = new SharedWork<PlanResult>(stop => Search(question, stop));
            return _kept.Set(key, work, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = KeptUnused });
        }
    }

    private async Task<PlanResult> Search(PlanQuestion question, CancellationToken stop)
    {
        await _turns.WaitAsync(stop);
        try
        {
            var started = clock.GetTimestamp();
            var plan = await Task.Run(() => new Core.Planning.Planner(question.Inputs).Plan(question.Request, stop), stop);
            meter.Planned(plan.Recommendation is not null, clock.GetElapsedTime(started));
            return plan;
        }
        catch (OperationCanceledException)
        {
            meter.Abandoned();
            throw;
        }
        finally
        {
            _turns.Release();
        }
    }
}
