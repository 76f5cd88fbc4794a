using Cocona;
using SlmPlanner.Data.Files;

using SlmPlanner.Planner.Export;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Plans;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan export</c>: the file that starts what a plan recommends.</summary>
internal sealed class ExportCommand
{
    private static readonly CommandArgument Plan = new("PLAN", "a plan.json that 'plan --out' or 'plan --format json' wrote");

    private static readonly CommandOption<LaunchFormat> To = CommandOption.Needed(
        "to", Values.Choice<LaunchFormat>() with { Word = "FORMAT" }, "what to write the file for") with
    {
        Example = "slurm",
    };

    private static readonly CommandOption<string?> Out = CommandOption.Text("out", "FILE", "file to write") with
    {
        Group = OptionGroup.Output, Example = "train.sbatch", Default = "standard output",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command("export", "Turn a saved plan into a launch file.")
    {
        Arguments = [Plan],
        Options = [To, Out],
        Examples = ["slm-plan export report/plan.json --to slurm --out train.sbatch"],
    }.DoneBy<ExportCommand>((command, given) => Export(given));

    /// <summary>Writes the launch file, to standard output unless a file is named.</summary>
    private static int Export(Given given)
    {
        var text = LaunchFile.Write(PlanJson.ReadFile(given.Of(Plan)!), given.Of(To));
        if (given.Of(Out) is { } file)
            AtomicFile.WriteAllText(file, text);
        else
            Console.Out.Write(text);
        return ExitCode.Done;
    }
}
