using Cocona;
using SlmPlanner.Data.Files;

using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Planner.Export;
using SlmPlanner.Planner.Export.Trainers;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Plans;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan export</c>: the file that starts what a plan recommends.</summary>
internal sealed class ExportCommand
{
    private static readonly CommandArgument Plan = new("PLAN", "a plan.json that 'plan --out' or 'plan --format json' wrote");

    private static readonly CommandOption<LaunchFormat?> To = CommandOption.Optional(
        "to", Values.Choice<LaunchFormat>() with { Word = "FORMAT" }, "what to write the file for") with
    {
        Example = "slurm", Default = "torchrun, with --trainer",
    };

    private static readonly CommandOption<Trainer?> TrainerName = CommandOption.Optional(
        "trainer", Values.Choice<Trainer>() with { Word = "NAME" },
        "write the settings of this training program, in its own names, instead of calling a script of yours") with
    {
        Example = "torchtitan",
    };

    private static readonly CommandOption<string?> Out = CommandOption.Text("out", "FILE", "file to write") with
    {
        Group = OptionGroup.Output, Example = "train.sbatch", Default = "standard output",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command("export", "Turn a saved plan into a launch file.")
    {
        Arguments = [Plan],
        Options = [To, TrainerName, Out, .. DataOptions.All],
        Examples =
        [
            "slm-plan export report/plan.json --to slurm --out train.sbatch",
            "slm-plan export report/plan.json --trainer torchtitan --to skypilot",
        ],
    }.DoneBy<ExportCommand>((command, given) => Export(given));

    /// <summary>Writes the launch file, to standard output unless a file is named.</summary>
    private static int Export(Given given)
    {
        var plan = PlanJson.ReadFile(given.Of(Plan)!);
        var trainer = given.Of(TrainerName);
        var format = given.Of(To) ?? (trainer is null ? throw new InputException("--to or --trainer must be given: what the file is for")
            : LaunchFormat.Torchrun);
        Func<Candidate, LaunchScript>? script = trainer is { } name ? TrainerScripts.Of(name, plan, DataOptions.OpenProfiles(given)) : null;
        var text = LaunchFile.Write(plan, format, script);
        if (given.Of(Out) is { } file)
            AtomicFile.WriteAllText(file, text);
        else
            Console.Out.Write(text);
        return ExitCode.Done;
    }
}
