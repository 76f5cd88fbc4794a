using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Sweeps;
using SlmPlanner.Core.Text;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Wording;


namespace SlmPlanner.Planner.Requests;

/// <summary>Reads what a sweep goes over.</summary>
internal static class SweepReader
{
    private const int MostAxes = 2;
    private const double LeastFactor = 0.01, MostFactor = 100;

    /// <summary>How messages name what holds the values.</summary>
    public const string ValuesLabel = "--values";

    /// <summary>
    /// The options that can be swept, and two quantities that are none: which values are taken by default, and what a value changes.
    /// </summary>
    private static readonly IReadOnlyList<Variable> Variables =
    [
        new(Counted("gpus", RequestRanges.GpuCount), [1, 2, 4, 8, 16, 32, 64],
            value => request => request with { GpuCount = (int)value, MaxGpus = Math.Max(request.MaxGpus, (int)value) }),
        new(Counted("micro-batch", RequestRanges.MicroBatch), [1, 2, 4, 8, 16, 32, 64],
            value => request => request with { MicroBatch = (int)value }),
        new(RequestOptions.GlobalBatch, [65_536, 131_072, 262_144, 524_288, 1_048_576, 2_097_152],
            value => request => request with { GlobalBatchTokens = value }),
        new(RequestOptions.Tokens, [1e9, 2e9, 5e9, 1e10, 2e10, 5e10, 1e11], value => request => request with { Tokens = value }),
        new(Counted(RequestOptions.SeqLen.Name, RequestRanges.SeqLen), [512, 1024, 2048, 4096, 8192],
            value => request => request with { SeqLen = (int)value }),
        new(RequestOptions.Budget, [100, 200, 500, 1000, 2000, 5000, 10_000],
            value => request => request with { BudgetUsd = value }) { Show = Readable.Usd },
        new(RequestOptions.Deadline, [24, 48, 96, 168, 336, 720],
            value => request => request with { DeadlineHours = value }) { Show = Readable.Hours },
    ];

    /// <summary>Everything that can be swept.</summary>
    public static readonly IReadOnlyList<string> Names =
        [.. Variables.Select(variable => variable.Name), "price", "mfu", "model-size", .. LinkAxes.Names];

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
        var names = Values.Names(over);
        if (names.Count is 0 or > MostAxes || names.Distinct().Count() != names.Count)
            throw new InputException($"--over is '{over}', expected one or two different names separated by a comma");
        var lists = values?.Split(';', StringSplitOptions.TrimEntries) ?? [];
        if (lists.Length > names.Count)
            throw new InputException($"--values is '{values}', expected at most {names.Count} lists separated by a semicolon, one for "
                + $"each of --over");
        return [.. names.Select((name, index) => Axis(name, index < lists.Length && lists[index].Length > 0 ? lists[index] : null, request,
            bench))];
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
            ?? throw new InputException($"--over: {NearestNames.Unknown("variable", name, Names)}");
        var numbers = values is null ? variable.Defaults : Values.Names(values).Select(variable.Read).ToList();
        return new(name, variable.Key, [.. numbers.Select(number =>
            SweepStep.OfRequest(number, variable.Show(number), variable.Change(number)))]);
    }

    /// <summary>Price or speed of the recommended GPU type, as a multiple of what is known of it; other types stay as they are.</summary>
    private static SweepAxis Scaled(
        string name, string key, string? values, double[] defaults, PlanRequest request, Workbench bench,
        Func<PlanningInputs, string, double, PlanningInputs> change)
    {
        var outcome = new Core.Planning.Planner(bench.Inputs).Search(request);
        var gpu = outcome.RecommendationOrNearest?.Gpu
            ?? throw new InputException($"--over {name}: no candidate fits, so there is no GPU type to change it of");
        var factors = values is null ? defaults : [.. Values.Names(values).Select(Factor)];
        return new(name, key, [.. factors.Select(factor =>
            new SweepStep(factor, $"{Readable.Number(factor)} × {gpu}", (changed, inputs) => (changed, change(inputs, gpu, factor))))]);
    }

    private static double Factor(string text) =>
        double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var factor)
        && factor is >= LeastFactor and <= MostFactor
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
        var models = values is null ? bench.Inputs.Models : [.. Values.Names(values).Select(bench.Models.Find)];
        return new("model-size", "parameters", [.. models
            .Select(model => (Model: model, Parameters: ParameterCount.Of(model).Total))
            .OrderBy(pair => pair.Parameters)
            .ThenBy(pair => pair.Model.Name, StringComparer.Ordinal)
            .Select(pair => SweepStep.OfRequest(pair.Parameters, pair.Model.Name, request => request with { Model = pair.Model }))]);
    }

    private static CommandOption<double?> Counted(string name, AllowedRange range)
    {
        var count = Amounts.Count("COUNT");
        var kind = new ValueKind<double>(count.Word, (option, text) => count.Read(option, text), value => $"{value}");
        return CommandOption.Optional(name, kind.Within(range), "");
    }

    private sealed record Variable(
        CommandOption<double?> Option, IReadOnlyList<double> Defaults, Func<double, Func<PlanRequest, PlanRequest>> Change)
    {
        /// <summary>What it is called.</summary>
        public string Name => Option.Name;

        /// <summary>The column of its values.</summary>
        public string Key => Option.Range!.Name;

        /// <summary>A value for people.</summary>
        public Func<double, string> Show { get; init; } = value => value < 1e6 ? Readable.Whole(value) : Readable.Count(value);

        /// <summary>A value as it is written.</summary>
        public double Read(string text) => Option.Read(ValuesLabel, [text])!.Value;
    }
}
