using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Models;
using SlmPlanner.Planner.Configuration;

namespace SlmPlanner.Planner.Requests;

/// <summary>Turns texts into a request. What a person leaves open comes from the settings.</summary>
/// <param name="settings">Defaults.</param>
/// <param name="models">Models by name.</param>
/// <param name="devices">Devices by spelling.</param>
/// <param name="today">The day of the plan.</param>
internal sealed class RequestReader(PlannerSettings settings, ModelCatalog models, DeviceCatalog devices, DateOnly today)
{
    /// <summary>The request; its ranges are checked by <see cref="PlanRequestRules"/>.</summary>
    /// <exception cref="InputException">A text that can't be read, or an unknown name.</exception>
    public PlanRequest Read(RequestTexts texts)
    {
        var gpus = Choices.Names(texts.Gpus);
        var providers = Choices.Names(texts.Providers);
        var regions = Choices.Names(texts.Regions);
        if (texts is { Tokens: not null, TargetLoss: not null })
            throw new InputException("--tokens and --target-loss are both given, allowed one: the loss decides the tokens");
        return new()
        {
            Model = texts.Model is { } model ? models.Find(model) : null,
            Tokens = texts.Tokens is { } tokens ? Quantity.Tokens("--tokens", tokens) : null,
            TargetLoss = texts.TargetLoss is { } loss ? Number("--target-loss", loss) : null,
            InferenceTokens = texts.InferenceTokens is { } served ? Quantity.Tokens("--inference-tokens", served) : null,
            BudgetUsd = texts.Budget is { } budget ? Quantity.Usd("--budget", budget) : null,
            DeadlineHours = texts.Deadline is { } deadline ? Quantity.Hours("--deadline", deadline) : null,
            Objective = ObjectiveOf(texts),
            Gpus = [.. (gpus.Count > 0 ? gpus : settings.Gpus).Select(gpu => devices.Find(gpu).Name).Distinct()],
            Providers = providers.Count > 0 ? providers : settings.Providers,
            Regions = regions.Count > 0 ? regions : settings.Regions,
            MaxGpus = texts.MaxGpus is { } most ? Whole("--max-gpus", most) : settings.MaxGpus,
            Spot = texts.Spot,
            Confidence = texts.Confidence is { } confidence ? Number("--confidence", confidence) : settings.Confidence,
            SeqLen = texts.SeqLen is { } length ? Whole("--seq-len", length) : settings.SeqLen,
            GlobalBatchTokens = texts.GlobalBatch is { } batch ? Quantity.Tokens("--global-batch", batch) : settings.GlobalBatchTokens,
            Precisions = Choices.Many<Precision>("--precision", texts.Precision),
            Attentions = Choices.Many<AttentionKind>("--attention", texts.Attention),
            Parallelisms = [.. Choices.Names(texts.Parallelism).Select(Scheme.Parse)],
            Stack = texts.Stack ?? settings.Stack,
            Today = today,
        };
    }

    /// <summary>What is minimised when nothing is said: loss if there is something to choose, time under a budget alone, else money.</summary>
    private static Objective ObjectiveOf(RequestTexts texts)
    {
        if (texts.Objective is { } asked)
            return Choices.One<Objective>("--objective", asked);
        if (texts.TargetLoss is not null)
            return Objective.Cost;
        if (texts is { Budget: not null } and ({ Model: null } or { Tokens: null }))
            return Objective.Loss;
        return texts is { Budget: not null, Deadline: null } ? Objective.Time : Objective.Cost;
    }

    private static int Whole(string option, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InputException($"{option} is '{text}', expected a whole number");

    private static double Number(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InputException($"{option} is '{text}', expected a number");
}
