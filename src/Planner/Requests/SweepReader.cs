using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Sweeps;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Planner.Requests;

/// <summary>Reads what a sweep goes over.</summary>
internal static class SweepReader
{
    private const int MostAxes = 2;

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
            value => request => request with { BudgetUsd = value }),
        new("deadline", "deadline_h", text => Quantity.Hours("--values", text), [24, 48, 96, 168, 336, 720],
            value => request => request with { DeadlineHours = value }),
    ];

    private static readonly double[] PriceFactors = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 2];

    /// <summary>The axes named, with their values.</summary>
    /// <param name="over">One or two names separated by a comma.</param>
    /// <param name="values">Values of the first; null for its default range.</param>
    /// <param name="request">The request that they change.</param>
    /// <param name="bench">Models and prices.</param>
    /// <exception cref="InputException">An unknown name, too many, or a value that can't be read.</exception>
    public static IReadOnlyList<SweepAxis> Read(string over, string? values, PlanRequest request, Workbench bench)
    {
        var names = Choices.Names(over);
        if (names.Count is 0 or > MostAxes || names.Distinct().Count() != names.Count)
            throw new InputException($"--over is '{over}', expected one or two different names separated by a comma");
        return [.. names.Select((name, index) => Axis(name, index == 0 ? values : null, request, bench))];
    }

    private static SweepAxis Axis(string name, string? values, PlanRequest request, Workbench bench)
    {
        if (name == "price")
            return Prices(values, request, bench);
        if (name == "model-size")
            return Models(values, bench);
        var variable = Variables.FirstOrDefault(variable => variable.Name == name)
            ?? throw new InputException($"--over: {NearestNames.Unknown("variable", name, Variables.Select(variable => variable.Name).Append("price").Append("model-size"))}");
        var numbers = values is null ? variable.Defaults : Choices.Names(values).Select(variable.Read).ToList();
        return new(name, variable.Key, [.. numbers.Select(number => SweepStep.OfRequest(number, PlainLabel(number), variable.Change(number)))]);
    }

    /// <summary>The price of the recommended GPU type, as a multiple of today's.</summary>
    private static SweepAxis Prices(string? values, PlanRequest request, Workbench bench)
    {
        var outcome = new Core.Planning.Planner(bench.Inputs).Search(request);
        var gpu = outcome.RecommendationOrNearest?.Gpu
            ?? throw new InputException("--over price: no candidate fits, so there is no price to change");
        var factors = values is null ? PriceFactors : [.. Choices.Names(values).Select(text => Quantity.Usd("--values", text))];
        return new("price", "price_factor", [.. factors.Select(factor =>
            new SweepStep(factor, $"{PlainLabel(factor)} × {gpu}", (changed, inputs) => (changed, Priced(inputs, gpu, factor))))]);
    }

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

    private static string PlainLabel(double number) => number.ToString("#,0.###", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Variable(
        string Name, string Key, Func<string, double> Read, IReadOnlyList<double> Defaults, Func<double, Func<PlanRequest, PlanRequest>> Change);
}
