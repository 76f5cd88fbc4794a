using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>Writes a choice out in full: intervals, breakdowns, utilisation, loss.</summary>
/// <param name="goal">What was asked of a candidate.</param>
/// <param name="request">The request, defaults filled in.</param>
/// <param name="inputs">The models that predictions are repeated with.</param>
internal sealed class CandidateDescription(SearchGoal goal, PlanRequest request, PlanningInputs inputs)
{
    private readonly long _parameters = ParameterCount.Of(goal.Model).Total;

    /// <summary>Standard normal quantile of the upper end of a two-sided interval that covers the asked confidence.</summary>
    private readonly double _deviations = Normal.InvCDF(0, 1, (1 + request.Confidence) / 2);

    /// <summary>The candidate with everything that outputs show.</summary>
    public Candidate Describe(Choice choice)
    {
        var (offer, evaluation) = (choice.Result.PricedOffer, choice.Priced.Evaluation);
        var setup = evaluation.Setup;
        var pricing = goal.PricingOn(offer, choice.Result.Nodes);
        var median = pricing.At(evaluation, goal.Tokens, deviations: 0);
        var low = pricing.At(evaluation, goal.Tokens, -_deviations);
        var high = pricing.At(evaluation, goal.Tokens, _deviations);
        var tokensPerSecond = 1 / evaluation.SecondsPerToken;
        var tokensPerUsd = goal.Tokens / choice.Priced.CostUsd;
        var loss = goal.HasLossLaw ? inputs.Law.Predict(inputs.Law.ParametersOf(goal.Model), goal.Tokens)?.Mean : null;
        var stretch = Math.Exp(_deviations * evaluation.LogSpread);
        var candidate = new Candidate
        {
            Provider = choice.Provider,
            InstanceType = offer.Offer.InstanceType,
            Region = offer.Offer.Region,
            Spot = offer.Spot,
            UsdPerHour = offer.UsdPerNodeHour * choice.Result.Nodes,
            TermMonths = offer.Offer.TermMonths,
            StorageUsdPerHour = pricing.StorageUsdPerHour(goal.Tokens),
            EgressUsd = pricing.EgressUsd,
            Access = choice.Result.Access,
            AssumedNetworkGbitS = choice.Result.Nodes > 1 && choice.Platform.Link is { IsAssumed: true } link ? link.InterNodeGbitS : null,
            Gpu = choice.Gpu,
            GpusPerNode = choice.Platform.GpusPerNode,
            Nodes = choice.Result.Nodes,
            Gpus = choice.Gpus,
            Model = goal.Model.Name,
            ModelParameters = _parameters,
            Tokens = goal.Tokens,
            Parallelism = Scheme.Of(setup.Layout),
            MicroBatch = setup.MicroBatch,
            GradAccum = setup.GradAccum,
            SeqLen = setup.SeqLen,
            Precision = setup.Precision,
            Attention = setup.Attention,
            Recomputation = setup.Recomputation,
            Compile = setup.Compile,
            Loss = setup.Loss.IsWhole ? null : setup.Loss.Form,
            LossChunks = setup.Loss.IsWhole ? null : ChunksOf(setup),
            Offload = setup.KeepsInputsOnHost ? setup.Offload : null,
            HostMemoryBytes = setup.KeepsInputsOnHost
                ? Math.Min(setup.Gpus, setup.GpusPerNode) * Memory(choice).Model.HostBytes(setup) : null,
            EvalBatch = setup.EvalBatch > 0 ? setup.EvalBatch : null,
            EvaluationPeak = EvaluationPeak.Of(Memory(choice).Model, setup),
            Optimizer = request.Optimizer,
            Tuning = goal.Tuning,
            TrainedParameters = goal.Tuning is { } tuning ? (long)TrainableCount.Of(goal.Model).Of(tuning) : null,
            EmptyShare = goal.Samples?.EmptyShare,
            TokensPerSecond = tokensPerSecond,
            TokensPerSecondLow = tokensPerSecond / stretch,
            TokensPerSecondHigh = tokensPerSecond * stretch,
            StepTimeSeconds = evaluation.StepSeconds,
            Mfu = Utilisation(choice, tokensPerSecond),
            PeakMemoryBytes = evaluation.MemoryBytes,
            DeviceMemoryBytes = choice.Platform.UsableBytes,
            FitsProbability = Memory(choice).FitsProbability(setup, choice.Platform.UsableBytes),
            Hours = choice.Priced.Hours,
            HoursMedian = median.Hours,
            HoursLow = low.Hours,
            HoursHigh = high.Hours,
            CostUsd = choice.Priced.CostUsd,
            CostUsdMedian = median.CostUsd,
            CostUsdLow = low.CostUsd,
            CostUsdHigh = high.CostUsd,
            TokensPerUsd = tokensPerUsd,
            ExpectedLoss = loss,
            LossPerUsd = loss is null ? null : inputs.Law.LossPerToken(inputs.Law.ParametersOf(goal.Model), goal.Tokens) * tokensPerUsd,
            BudgetKeptProbability = Kept(choice, goal.Limits.BudgetUsd, run => run.CostUsd),
            DeadlineKeptProbability = Kept(choice, goal.Limits.DeadlineHours, run => run.Hours),
            BudgetKept = double.IsInfinity(goal.Limits.BudgetUsd) ? null : choice.Priced.LimitCostUsd <= goal.Limits.BudgetUsd,
            DeadlineKept = double.IsInfinity(goal.Limits.DeadlineHours) ? null : choice.Priced.LimitHours <= goal.Limits.DeadlineHours,
            PriceDate = offer.Offer.SeenOf(offer.Spot).Until,
            PriceSource = offer.Offer.Source,
            Breakdown = new(Terms(setup, Time(choice).Predict(goal.Samples?.Computed(setup) ?? setup),
                inputs.SpeedOf(choice.Platform.Device)), Components(Memory(choice).Model.Predict(setup))),
        };
        return candidate with { PlanId = PlanId.Of(request, candidate) };
    }

    private int ChunksOf(in TrainingSetup setup) =>
        (int)setup.Loss.Count(setup.RankTokens, goal.Model.Vocab, goal.Model.EmbeddingWidth ?? goal.Model.DModel);

    private double? Kept(Choice choice, double limit, Func<Economics.Cost.RunEstimate, double> amount) =>
        double.IsInfinity(limit)
            ? null
            : goal.PricingOn(choice.Result.PricedOffer, choice.Result.Nodes)
                .Probability(choice.Priced.Evaluation, goal.Tokens, run => amount(run) <= limit);

    /// <summary>
    /// FLOPs of the model alone, recomputation aside, over the dense peak of all devices (Chowdhery et al. 2022, appendix B).
    /// </summary>
    private double Utilisation(Choice choice, double tokensPerSecond)
    {
        var setup = choice.Priced.Evaluation.Setup;
        var peak = choice.Platform.Device.PeakTflops(setup.Precision)!.Value * 1e12 * choice.Gpus;
        var computed = goal.Samples?.Computed(setup) ?? setup;
        return FlopCount.Tuned(goal.Model, computed.SeqLen, setup.Tuning).Total.Count * tokensPerSecond / peak;
    }

    private PeakOutlook Memory(Choice choice) => inputs.MemoryOf(goal.Model, choice.Platform.Device, request);

    private StepTimeModel Time(Choice choice) =>
        choice.Time(inputs.Performance, goal.Model, request.Stack, request.Confidence);

    private static NamedAmount[] Terms(TrainingSetup setup, StepTime time, double speed) =>
        [.. TimeTerms.All.Where(term => term.IsOf(setup)).Select(term => new NamedAmount(term.Key, time[term] / speed))];

    private static NamedAmount[] Components(MemoryBreakdown memory) =>
        [.. MemoryParts.Keys.Select(part => new NamedAmount(part.Key, memory.Of(part.Part).Count))];
}
