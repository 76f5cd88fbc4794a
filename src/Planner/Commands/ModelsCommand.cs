using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Models;
using SlmPlanner.Planner.Listings;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;
using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan models</c>: the shapes that can be named or read.</summary>
internal sealed class ModelsCommand(IAnsiConsole console)
{
    private static readonly CommandArgument Model = new("MODEL", "a model's name, a Hugging Face config.json or a folder that holds one");

    private static readonly CommandOption<int?> SeqLen = CommandOption.Optional(
        "seq-len", Amounts.Count("TOKENS").Within(1, 100_000_000), "tokens per sequence") with
    {
        Example = "2048", Default = "the model's longest up to 2048",
    };

    /// <summary>The command that lists.</summary>
    public static Command ListCommand { get; } = new Command("list", "List the models that --model can name.")
    {
        Options = [OutputOptions.Format, .. DataOptions.All],
        Examples = ["slm-plan models list"],
    }.DoneBy<ModelsCommand>((command, given) => command.List(given));

    /// <summary>The command that shows one.</summary>
    public static Command ShowCommand { get; } = new Command("show", "Show a model's parameters and FLOPs per token by component.")
    {
        Arguments = [Model],
        Options = [SeqLen, OutputOptions.Format, .. DataOptions.All],
        Examples = ["slm-plan models show slm-1b --seq-len 4096"],
    }.DoneBy<ModelsCommand>((command, given) => command.Show(given));

    /// <summary>Lists the shipped models and the user's own.</summary>
    private int List(Given given)
    {
        var format = given.Of(OutputOptions.Format);
        var models = DataOptions.OpenProfiles(given).Models;
        var listing = format is OutputFormat.Table or OutputFormat.Md ? ModelListings.Overview(models) : ModelListings.All(models);
        ListingOutput.Print(listing, format, console, Console.Out);
        return ExitCode.Done;
    }

    /// <summary>Shows one model's parameters and operations by component.</summary>
    private int Show(Given given)
    {
        var format = given.Of(OutputOptions.Format);
        var shape = DataOptions.OpenProfiles(given).Models.Find(given.Of(Model)!);
        var tokens = given.Of(SeqLen) ?? Math.Min(shape.MaxPositions, 2048);
        var listing = ModelListings.Components(shape, tokens);
        IReadOnlyList<Finding> findings = ModelFindings.Of(shape);
        ListingOutput.Print(
            listing, format, console, Console.Out,
            format == OutputFormat.Json ? [new ToldFinding(Severity.Hint, "model-shape", listing.Title), .. findings] : findings);
        return ExitCode.Done;
    }
}
