using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Samples;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>What a search asks of a candidate, and what a run costs besides its steps.</summary>
/// <param name="Model">The model to train.</param>
/// <param name="Tokens">Tokens to train on.</param>
/// <param name="Limits">Budget and deadline.</param>
/// <param name="Runs">Start-up, checkpoints, failures and interruptions.</param>
/// <param name="Risk">How providers bill.</param>
/// <param name="Rental">What it takes to rent machines.</param>
public sealed record SearchGoal(
    TransformerShape Model, double Tokens, Limits Limits, RunAssumptions Runs, RiskProfile Risk, RentalTerms Rental)
{
    private readonly RunModel _runs = new(Runs);
    private readonly double _parameters = ParameterCount.Of(Model).Total;

    /// <summary>How a base model is trained further; null where it is trained from the start.</summary>
    public Tuning? Tuning { get; init; }

    /// <summary>The samples of fine-tuning; null where tokens alone are known.</summary>
    public SampleSet? Samples { get; init; }

    /// <summary>True where the scaling law speaks: of training from the start, on models that it knows.</summary>
    public bool HasLossLaw => Tuning is null && ScalingLaw.Knows(Model);

    /// <summary>The goal of a request whose model and tokens are set.</summary>
    public static SearchGoal Of(PlanRequest request, PlanningInputs inputs) =>
        new(
            request.Model!,
            request.Tokens!.Value,
            Limits.Of(request),
            inputs.AdjustedRuns ?? inputs.Risk.Assumptions,
            inputs.Risk,
            new(inputs.Availability, Accepted(request), request.Quotas ?? []))
        {
            Tuning = request.Tuning,
            Samples = request.Samples,
        };

    private static IReadOnlyCollection<WayToRent> Accepted(PlanRequest request) =>
    [
        .. request.RentBy ?? RentalTerms.Usual,
        .. request.Spot ? [WayToRent.Spot, WayToRent.FlexStart] : Array.Empty<WayToRent>(),
    ];

    /// <summary>The run of a choice as it was priced.</summary>
    internal UncertainRun RunOf(Choice choice)
    {
        var evaluation = choice.Priced.Evaluation;
        return new(PricingOn(choice.Result.PricedOffer, choice.Result.Nodes).Run(evaluation, Tokens), evaluation.LogSpread);
    }

    /// <summary>Pricing of runs on an offer.</summary>
    public RunPricing PricingOn(PricedOffer offer, int nodes)
    {
        var checkpoint = Runs.CheckpointOf(Tuning is { HasAdapters: true } tuning ? TrainableCount.Of(Model).Of(tuning) : _parameters);
        var storage = (offer.Offer.StorageUsdPerGibMonth ?? 0) / Bytes.FromGiB(1).Count / BillingRule.HoursPerMonth;
        return new(
            _runs,
            new RunDemand
            {
                StepSeconds = 1,
                Steps = 1,
                Nodes = nodes,
                UsdPerHour = offer.UsdPerNodeHour * nodes,
                StorageUsdPerHour = storage * Runs.CheckpointsKept * checkpoint.Count,
                EgressUsd = (offer.Offer.EgressUsdPerGib ?? 0) * checkpoint.GiB,
                Checkpoint = checkpoint,
                Spot = offer.Spot,
                Billing = Risk.BillingOf(offer.Offer.Provider).WithTerm(offer.Offer.TermMonths)
                    .AtLeast(Rental.LeastHours(offer.Offer, offer.Spot)),
            },
            storage * Runs.DatasetBytesPerToken);
    }
}

/// <summary>Budget and deadline, and the number of standard deviations at which they must hold.</summary>
/// <param name="BudgetUsd">Most to spend; infinite when not limited.</param>
/// <param name="DeadlineHours">Longest to take; infinite when not limited.</param>
/// <param name="Deviations">One-sided standard normal quantile of the confidence.</param>
public readonly record struct Limits(double BudgetUsd, double DeadlineHours, double Deviations)
{
    /// <summary>The limits of a request.</summary>
    public static Limits Of(PlanRequest request) => new(
        request.BudgetUsd ?? double.PositiveInfinity,
        request.DeadlineHours ?? double.PositiveInfinity,
        Normal.InvCDF(0, 1, request.Confidence));
}
