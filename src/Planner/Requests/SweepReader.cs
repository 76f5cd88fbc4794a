using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Sweeps;
using SlmPlanner.Core.Text;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Requests;

/// <summary>Reads what a sweep goes over.</summary>
internal static class SweepReader
{
    private const int MostAxes = 2;
    private const double LeastFactor = 0.01, MostFactor = 100;

    /// <summary>Everything that can be swept: name, key, how a value is read and which are taken by default.</summary>
    private static readonly IReadOnlyList<Variable> Variables =
    [
        new("gpus", "gpus", text => Quantity.Tokens("--values", text), [1, 2, 4, 8, 16, 32, 64],
            value => request => request with { GpuCount = (int)value, MaxGpus = Math.Max(request.MaxGpus, (int)value) }),
        new("micro-batch", "micro_batch", text => Quantity.Tokens("--values", text), [1, 2, 4, 8, 16, 32, 64],
            value => request => request with { MicroBatch = (int)value }),
        new("global-batch", "global_batch_tokens", text => Quantity.Tokens("--values", text), [65_536, 131_072, 262_144, 524_288, 1_048_576, 2_097_152],
            value => request => request with { GlobalBatchTokens = value }),
        new("tokens", "tokens", text => Quantity.Tokens("--values", text), [1e9, 2e9, 5e9, 1e10, 2e10, 5e10, 1e11],
            value => request => request with { Tokens = value }),
        new("seq-len", "seq_len", text => Quantity.Tokens("--values", text), [512, 1024, 2048, 4096, 8192],
            value => request => request with { SeqLen = (int)value }),
        new("budget", "budget_usd", text => Quantity.Usd("--values", text), [100, 200, 500, 1000, 2000, 5000, 10_000],
            value => request => request with { BudgetUsd = value }) { Show = Readable.Usd },
        new("deadline", "deadline_h", text => Quantity.Hours("--values", text), [24, 48, 96, 168, 336, 720],
            value => request => request with { DeadlineHours = value }) { Show = Readable.Hours },
    ];

    private static readonly double[] PriceFactors = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2];

    private static readonly double[] SpeedFactors = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25];

    /// <summary>The axes named, with their values.</summary>
    /// <param name="over">One or two names separated by a comma.</param>
    /// <param name="values">Values of the first, then after a semicolon those of the second; a default range where left out.</param>
    /// <param name="request">The request that they change.</param>
    /// <param name="bench">Models and prices.</param>
    /// <exception cref="InputException">An unknown name, too many, or a value that can't be read.</exception>
    public static IReadOnlyList<SweepAxis> Read(string over, string? values, PlanRequest request, Workbench bench)
    {
        var names = Choices.Names(over);
        if (names.Count is 0 or > MostAxes || names.Distinct().Count() != names.Count)
            throw new InputException($"--over is '{over}', expected one or two different names separated by a comma");
        var lists = values?.Split(';', StringSplitOptions.TrimEntries) ?? [];
        if (lists.Length > names.Count)
            throw new InputException($"--values is '{values}', expected at most {names.Count} lists separated by a semicolon, one for each of --over");
        return [.. names.Select((name, index) => Axis(name, index < lists.Length && lists[index].Length > 0 ? lists[index] : null, request, bench))];
    }

    private static SweepAxis Axis(string name, string? values, PlanRequest request, Workbench bench)
    {
        if (LinkAxes.Of(name, values, bench.Inputs) is { } links)
            return links;
        if (name == "price")
            return Scaled(name, "price_factor", values, PriceFactors, request, bench, Priced);
        if (name == "mfu")
            return Scaled(name, "mfu_factor", values, SpeedFactors, request, bench, Hastened);
        if (name == "model-size")
            return Models(values, bench);
        var variable = Variables.FirstOrDefault(variable => variable.Name == name)
            ?? throw new InputException($"--over: {NearestNames.Unknown("variable", name, Variables.Select(variable => variable.Name).Concat(["price", "mfu", "model-size", "link", "network", "scheme"]))}");
        var numbers = values is null ? variable.Defaults : Choices.Names(values).Select(variable.Read).ToList();
        return new(name, variable.Key, [.. numbers.Select(number => SweepStep.OfRequest(number, variable.Show(number), variable.Change(number)))]);
    }

    /// <summary>Price or speed of the recommended GPU type, as a multiple of what is known of it; other types stay as they are.</summary>
    private static SweepAxis Scaled(
        string name, string key, string? values, double[] defaults, PlanRequest request, Workbench bench, Func<PlanningInputs, string, double, PlanningInputs> change)
    {
        var outcome = new Core.Planning.Planner(bench.Inputs).Search(request);
        var gpu = outcome.RecommendationOrNearest?.Gpu
            ?? throw new InputException($"--over {name}: no candidate fits, so there is no GPU type to change it of");
        var factors = values is null ? defaults : [.. Choices.Names(values).Select(Factor)];
        return new(name, key, [.. factors.Select(factor =>
            new SweepStep(factor, $"{Readable.Number(factor)} × {gpu}", (changed, inputs) => (changed, change(inputs, gpu, factor))))]);
    }

    private static double Factor(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var factor) && factor is >= LeastFactor and <= MostFactor
            ? factor
            : throw new InputException($"--values holds '{text}', expected a factor between {LeastFactor} and {MostFactor}");

    private static PlanningInputs Hastened(PlanningInputs inputs, string gpu, double factor) => inputs with
    {
        SpeedMultiples = new Dictionary<string, double>(inputs.SpeedMultiples) { [gpu] = factor },
    };

    private static PlanningInputs Priced(PlanningInputs inputs, string gpu, double factor) => inputs with
    {
        Offers = [.. inputs.Offers.Select(offer => offer.Gpu != gpu ? offer : offer with
        {
            OnDemandUsdPerHour = offer.OnDemandUsdPerHour * factor,
            SpotUsdPerHour = offer.SpotUsdPerHour * factor,
        })],
    };

    /// <summary>Models by size; by default all known ones.</summary>
    private static SweepAxis Models(string? values, Workbench bench)
    {
        var models = values is null ? bench.Inputs.Models : [.. Choices.Names(values).Select(bench.Models.Find)];
        return new("model-size", "parameters", [.. models
            .Select(model => (Model: model, Parameters: ParameterCount.Of(model).Total))
            .OrderBy(pair => pair.Parameters)
            .ThenBy(pair => pair.Model.Name, StringComparer.Ordinal)
            .Select(pair => SweepStep.OfRequest(pair.Parameters, pair.Model.Name, request => request with { Model = pair.Model }))]);
    }

    private sealed record Variable(
        string Name, string Key, Func<string, double> Read, IReadOnlyList<double> Defaults, Func<double, Func<PlanRequest, PlanRequest>> Change)
    {
        /// <summary>A value for people.</summary>
        public Func<double, string> Show { get; init; } = value => value < 1e6 ? Readable.Whole(value) : Readable.Count(value);
    }
}
