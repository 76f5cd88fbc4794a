using System.Runtime.CompilerServices;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Requests;

/// <summary>
/// Predictions that searches share. What fits a cluster and how fast it is depends on neither prices nor limits: a request that differs
/// from an earlier one by its budget, its deadline or its day alone finds them here. Several searches may ask at once.
/// </summary>
/// <param name="mostQuestions">Questions kept, those asked last; ≥ 1. One over a whole catalog takes some ten megabytes.</param>
public sealed class SharedPredictions(int mostQuestions)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(PredictionQuestion Question, object Predictions)> _lastAskedFirst = [];

    /// <summary>What is known of a question; empty where nobody asked it before.</summary>
    /// <typeparam name="T">The predictions: one type for all questions.</typeparam>
    internal T Of<T>(PredictionQuestion question)
        where T : class, new()
    {
        lock (_lock)
        {
            var known = _lastAskedFirst.First;
            while (known is not null && known.Value.Question != question)
                known = known.Next;
            if (known is null)
                known = new((question, new T()));
            else
                _lastAskedFirst.Remove(known);
            _lastAskedFirst.AddFirst(known);
            if (_lastAskedFirst.Count > mostQuestions)
                _lastAskedFirst.RemoveLast();
            return (T)known.Value.Predictions;
        }
    }
}

/// <summary>
/// A request but for what predictions don't depend on, and what predicts. A field that a request gains is part of it until it is taken
/// out here. Equal questions have equal predictions; the reverse need not hold.
/// </summary>
/// <param name="Rest">The request without limits, offers, days and lists.</param>
/// <param name="Lists">Its lists, as text.</param>
/// <param name="Performance">Predicts times.</param>
/// <param name="Memory">Predicts peaks.</param>
/// <param name="Speeds">Multiples of predicted speeds.</param>
/// <param name="TriesSplits">Whether ways to share the model are tried wherever they could be better.</param>
internal sealed record PredictionQuestion(
    PlanRequest Rest, string Lists, ByReference<PerformanceProfile> Performance, ByReference<MemoryProfile> Memory,
    ByReference<IReadOnlyDictionary<string, double>> Speeds, bool TriesSplits)
{
    /// <summary>The question of a request.</summary>
    /// <param name="request">A valid request with its model, defaults filled in.</param>
    /// <param name="inputs">What predicts.</param>
    public static PredictionQuestion Of(PlanRequest request, PlanningInputs inputs) => new(
        request with
        {
            Tokens = null, TargetLoss = null, InferenceTokens = null, UniqueTokens = null, LossLaw = null,
            Objective = default, BudgetUsd = null, DeadlineHours = null, DayWorthUsd = null, Project = null,
            Gpus = [], Providers = [], Regions = [], MaxGpus = 1, GpuCount = null, AssumedNetworkGbitS = null,
            Spot = false, RentBy = null, Quotas = null, RentOn = null, Today = default,
            Precisions = [], Attentions = [], Parallelisms = [], Losses = null, Offloads = null,
        },
        new CanonicalText()
            .AddEach("precisions", request.Precisions.Select(DeclaredName.Of))
            .AddEach("attentions", request.Attentions.Select(DeclaredName.Of))
            .AddEach("parallelisms", request.Parallelisms.Select(scheme => scheme.ToString()))
            .AddEach("losses", (request.Losses ?? []).Select(DeclaredName.Of))
            .AddEach("offloads", (request.Offloads ?? []).Select(DeclaredName.Of))
            .ToString(),
        new(inputs.Performance), new(inputs.Memory), new(inputs.SpeedMultiples), inputs.TriesSplits);
}

/// <summary>Equal to itself alone.</summary>
/// <typeparam name="T">What is referred to.</typeparam>
/// <param name="Value">It.</param>
internal readonly record struct ByReference<T>(T Value)
    where T : class
{
    /// <inheritdoc/>
    public bool Equals(ByReference<T> other) => ReferenceEquals(Value, other.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(Value);
}
