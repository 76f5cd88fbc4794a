using System.Globalization;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Planning.Requests;

/// <summary>What a request may say. All problems are reported together, each with its field, value and allowed range.</summary>
public static class PlanRequestRules
{
    /// <summary>Does nothing when the request is valid.</summary>
    /// <param name="request">The request.</param>
    /// <param name="inputs">Gives the names that filters may use.</param>
    /// <exception cref="InputException">Lists every problem.</exception>
    public static void Check(PlanRequest request, PlanningInputs inputs)
    {
        var problems = Problems(request, inputs).ToList();
        if (problems.Count > 0)
            throw new InputException(string.Join("; ", problems));
    }

    /// <summary>Every problem of the request; empty when it is valid.</summary>
    public static IEnumerable<string> Problems(PlanRequest request, PlanningInputs inputs) =>
        [.. Amounts(request), .. Data(request), .. WhatIsOpen(request), .. Sequence(request), .. Splits(request), .. Groups(request),
            .. LongSequenceRules.Problems(request), .. FineTuningRules.Problems(request), .. Names(request, inputs),
            .. Catalog(inputs)];

    /// <summary>Amounts out of their ranges, each by itself.</summary>
    public static IEnumerable<string> Amounts(PlanRequest request)
    {
        IEnumerable<string?> checks =
        [
            RequestRanges.Tokens.Problem(request.Tokens),
            RequestRanges.UniqueTokens.Problem(request.UniqueTokens),
            RequestRanges.BudgetUsd.Problem(request.BudgetUsd),
            RequestRanges.DeadlineHours.Problem(request.DeadlineHours),
            RequestRanges.DayWorthUsd.Problem(request.DayWorthUsd),
            RequestRanges.AssumedNetworkGbitS.Problem(request.AssumedNetworkGbitS),
            RequestRanges.TargetLoss.Problem(request.TargetLoss),
            RequestRanges.InferenceTokens.Problem(request.InferenceTokens),
            RequestRanges.Confidence.Problem(request.Confidence),
            RequestRanges.MaxGpus.Problem(request.MaxGpus),
            RequestRanges.GpuCount.Problem(request.GpuCount),
            RequestRanges.MicroBatch.Problem(request.MicroBatch),
            RequestRanges.SeqLen.Problem(request.SeqLen),
            RequestRanges.GlobalBatchTokens.Problem(request.GlobalBatchTokens),
            RequestRanges.ExpertImbalance.Problem(request.ExpertImbalance),
            RequestRanges.LossChunks.Problem(request.LossChunks),
            RequestRanges.EvalBatch.Problem(request.EvalBatch),
        ];
        return checks.OfType<string>();
    }

    /// <summary>True when a model can be trained on sequences of a length: learned positions end, rotary ones do not.</summary>
    internal static bool Takes(TransformerShape model, int seqLen) => model.Positions != PositionKind.Learned
        || seqLen <= model.MaxPositions;

    /// <summary>Nobody can train on data that is not there: some passes over it are, and not any number.</summary>
    private static IEnumerable<string> Data(PlanRequest request)
    {
        if (request is { UniqueTokens: { } unique, Tokens: { } tokens } && tokens > Repetition.RefusedEpochs * unique)
            yield return Invariant($"tokens are {tokens:g4}, that is {tokens / unique:0.#} passes over {unique:g4} unique ones, allowed up to {Repetition.RefusedEpochs}; train on fewer, or find more data");
    }

    private static IEnumerable<string> WhatIsOpen(PlanRequest request)
    {
        if (request.TargetLoss is not null)
        {
            if (request.Objective == Objective.Loss)
                yield return "target_loss is given, and the objective is loss; allowed with it: cost, time or balanced";
        }
        else if (request.Objective != Objective.Loss)
        {
            if (request.Model is null)
                yield return "model is missing; only the loss objective chooses one";
            if (request.Tokens is null && request.Samples?.Lengths is null)
                yield return request.Tuning is null ? "tokens are missing; only the loss objective chooses them"
                    : "tokens are missing; give them, or samples with their lengths";
        }
        else if (request.BudgetUsd is null && (request.Model is null || request.Tokens is null))
        {
            yield return "budget_usd is missing; the loss objective needs it to choose model or tokens";
        }
    }

    private static IEnumerable<string> Sequence(PlanRequest request)
    {
        if (request.SeqLen is not { } seqLen)
            yield break;
        if (request.GlobalBatchTokens < seqLen)
            yield return Invariant($"global_batch_tokens is {request.GlobalBatchTokens}, allowed from one sequence, {seqLen} tokens");
        if (request.Model is { } model && !Takes(model, seqLen))
            yield return Invariant($"seq_len is {seqLen}, allowed 1..{model.MaxPositions}: {model.Name} has learned positions");
    }

    /// <summary>Ways to share the model that it can't be divided by.</summary>
    private static IEnumerable<string> Splits(PlanRequest request) => request.Model is not { } model ? [] :
        from scheme in request.Parallelisms
        where !ModelDivision.Allows(model, scheme)
        select Invariant($"parallelism is '{scheme}', allowed for {model.Name}: tensor-parallel ranks that divide its {model.Heads} heads and its ")
            + Invariant($"feed-forward width {model.DFfn}, at most {model.Layers} stages in all parts, ep(N) with ranks that divide the experts of ")
            + "each block; tensor and context parallelism not with recurrences";

    /// <summary>Groups and ranks with experts that fit no devices.</summary>
    private static IEnumerable<string> Groups(PlanRequest request) =>
        from scheme in request.Parallelisms
        where !scheme.HoldsExperts
        select Invariant($"parallelism is '{scheme}', allowed ep(N) where N divides the {scheme.Group * scheme.Context} ranks of a group, or is a multiple of them");

    private static IEnumerable<string> Names(PlanRequest request, PlanningInputs inputs) =>
    [
        .. Unknown("GPU", request.Gpus, inputs.Offers.Select(offer => offer.Gpu)),
        .. Unknown("provider", request.Providers, inputs.Offers.Select(offer => offer.Provider)),
        .. Unknown("region", request.Regions, inputs.Offers.Select(offer => offer.Region)),
        .. Unknown("provider", [.. (request.Quotas ?? []).Select(quota => quota.Provider)], inputs.Offers.Select(offer => offer.Provider)),
        .. (request.Quotas ?? []).Where(quota => quota.InstanceType is not null).SelectMany(quota => Unknown(
            $"machine of {quota.Provider}", [quota.InstanceType!],
            inputs.Offers.Where(offer => Same(offer.Provider, quota.Provider)).Select(offer => offer.InstanceType))),
    ];

    private static IEnumerable<string> Unknown(string kind, IReadOnlyList<string> names, IEnumerable<string> offered)
    {
        if (names.Count == 0)
            return [];
        var known = offered.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return names.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(name => NearestNames.Unknown($"{kind} in the price catalog", name, known));
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Catalog(PlanningInputs inputs) =>
        inputs.Offers.Count == 0 ? [$"the price catalog {inputs.Sources.Offers} has no offers"] : [];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The amounts of training that a plan can be asked for.</summary>
internal static class TokenRange
{
    /// <summary>Fewest tokens: below, start-up is all there is.</summary>
    public const double Least = 1e3;

    /// <summary>Most tokens: some seven times the largest published run (Llama 4, 40 · 10^12).</summary>
    public const double Most = 3e14;
}
