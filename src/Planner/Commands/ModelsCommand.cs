using System.Globalization;
using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Findings;
using SlmPlanner.Planner.Listings;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan models</c>: the shapes that can be named or read.</summary>
internal sealed class ModelsCommand(IAnsiConsole console)
{
    /// <summary>Lists the shipped models and the user's own.</summary>
    [Command("list", Description = "List the models that --model can name.")]
    public int List(CommonOptions common, [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var models = common.OpenProfiles().Models;
        var listing = format is OutputFormat.Table or OutputFormat.Md ? ModelListings.Overview(models) : ModelListings.All(models);
        ListingOutput.Print(listing, format, console, Console.Out);
        return ExitCode.Done;
    }

    /// <summary>Shows one model's parameters and operations by component.</summary>
    [Command("show", Description = "Show a model's parameters and FLOPs per token by component.")]
    public int Show(
        CommonOptions common,
        [Argument(Description = "a model's name, a Hugging Face config.json or a folder that holds one")] string model,
        [Option("seq-len", Description = "tokens per sequence; the model's longest up to 2048 where left out")] int? seqLen = null,
        [Option(Description = "table, json, csv or md")] OutputFormat format = OutputFormat.Table)
    {
        var shape = common.OpenProfiles().Models.Find(model);
        var tokens = seqLen ?? Math.Min(shape.MaxPositions, 2048);
        if (tokens is < 1 or > 100_000_000)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--seq-len is {tokens}, allowed 1..100000000"));
        var listing = ModelListings.Components(shape, tokens);
        ListingOutput.Print(listing, format, console, Console.Out, format == OutputFormat.Json ? [new ToldFinding(Severity.Hint, "model-shape", listing.Title)] : []);
        return ExitCode.Done;
    }
}
