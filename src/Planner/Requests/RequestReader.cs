using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Project;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Models;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Requests;

/// <summary>Turns what was given into a request. What a person leaves open comes from the settings.</summary>
/// <param name="settings">Defaults.</param>
/// <param name="models">Models by name.</param>
/// <param name="devices">Devices by spelling.</param>
/// <param name="networks">Names of providers.</param>
/// <param name="project">What a project does that is not said.</param>
/// <param name="today">The day of the plan.</param>
/// <param name="ownStack">The stack of the user's own set-up; null where none was learned.</param>
internal sealed class RequestReader(
    PlannerSettings settings, ModelCatalog models, DeviceCatalog devices, NetworkCatalog networks, ProjectProfile project, DateOnly today,
    string? ownStack = null)
{
    /// <summary>The request; what its parts must be together is checked by <see cref="PlanRequestRules"/>.</summary>
    /// <exception cref="InputException">A text that can't be read, an amount out of its range, or an unknown name.</exception>
    public PlanRequest Read(Given given)
    {
        if (given.Has(RequestOptions.Tokens) && given.Has(RequestOptions.TargetLoss))
            throw new InputException("--tokens and --target-loss are both given, allowed one: the loss decides the tokens");
        return FineTuningReader.Read(new()
        {
            Model = given.Of(RequestOptions.Model) is { } model ? models.Find(model) : null,
            Tokens = given.Of(RequestOptions.Tokens),
            UniqueTokens = given.Of(RequestOptions.UniqueTokens),
            LossLaw = given.Of(RequestOptions.LossLaw),
            Project = given.Of(RequestOptions.Project) is { } text ? ProjectText.Parse(text, project) : null,
            TargetLoss = given.Of(RequestOptions.TargetLoss),
            InferenceTokens = given.Of(RequestOptions.InferenceTokens),
            BudgetUsd = given.Of(RequestOptions.Budget),
            DeadlineHours = given.Of(RequestOptions.Deadline),
            DayWorthUsd = given.Of(RequestOptions.DayWorth),
            Objective = given.Of(RequestOptions.Objective) ?? Suiting(given),
            Gpus = [.. Or(given.Of(RequestOptions.Gpus), settings.Gpus).Select(gpu => devices.Find(gpu).Name).Distinct()],
            Providers = Or(given.Of(RequestOptions.Providers), settings.Providers),
            Regions = Or(given.Of(RequestOptions.Regions), settings.Regions),
            MaxGpus = given.Of(RequestOptions.MaxGpus) ?? settings.MaxGpus,
            Spot = given.Of(RequestOptions.Spot) || given.Of(RequestOptions.RentBy)
            .Any(way => way is WayToRent.Spot or WayToRent.FlexStart),
            RentBy = given.Of(RequestOptions.RentBy) is { Count: > 0 } ways ? [.. ways.Distinct()] : null,
            Quotas = given.Of(RequestOptions.Quota) is { Count: > 0 } quotas
            ? [.. quotas.Select(quota => QuotaText.Parse(quota, devices, networks))] : null,
            AssumedNetworkGbitS = given.Of(RequestOptions.AssumeNetwork),
            Confidence = given.Of(RequestOptions.Confidence) ?? settings.Confidence,
            SeqLen = given.Of(RequestOptions.SeqLen) ?? settings.SeqLen,
            GlobalBatchTokens = given.Of(RequestOptions.GlobalBatch) ?? settings.GlobalBatchTokens,
            Precisions = given.Of(RequestOptions.Precision),
            Attentions = given.Of(RequestOptions.Attention),
            Parallelisms = given.Of(RequestOptions.Parallelism),
            ExpertImbalance = given.Of(RequestOptions.ExpertImbalance),
            Optimizer = given.Of(RequestOptions.Optimizer),
            Losses = given.Of(RequestOptions.Loss) is { Count: > 0 } losses ? [.. losses.Distinct()] : null,
            LossChunks = given.Of(RequestOptions.LossChunks),
            Offloads = given.Of(RequestOptions.Offload) is { Count: > 0 } offloads ? [.. offloads.Distinct()] : null,
            EvalBatch = given.Of(RequestOptions.EvalBatch) is > 0 and var sequences ? sequences : null,
            Stack = given.Of(RequestOptions.Stack) ?? settings.Stack ?? ownStack,
            RentOn = given.Of(RequestOptions.RentOn),
            Today = today,
        }, given);
    }

    /// <summary>
    /// What is minimised when nothing is said: loss if there is something to choose for a budget, else money and time together.
    /// </summary>
    private static Objective Suiting(Given given) =>
        given.Has(RequestOptions.Budget) && !given.Has(RequestOptions.TargetLoss)
            && !(given.Has(RequestOptions.Model) && given.Has(RequestOptions.Tokens))
            ? Objective.Loss
            : Objective.Balanced;

    private static IReadOnlyList<string> Or(IReadOnlyList<string> names, IReadOnlyList<string> otherwise) =>
        names.Count > 0 ? names : otherwise;
}
