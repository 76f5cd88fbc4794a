using Cocona;
using SlmPlanner.Data.Files;
using SlmPlanner.Planner.Export;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Plans;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan export</c>: the file that starts what a plan recommends.</summary>
internal sealed class ExportCommand
{
    /// <summary>Writes the launch file, to standard output unless a file is named.</summary>
    [Command("export", Description = "Turn a saved plan into a launch file.")]
    public int Export(
        [Argument(Description = "A plan.json that 'plan --out' or 'plan --format json' wrote.")] string plan,
        [Option("to", Description = "skypilot, slurm, torchrun, accelerate, torchtitan or deepspeed.")] LaunchFormat to,
        [Option("out", Description = "File to write; standard output without it.")] string? outFile = null)
    {
        var text = LaunchFile.Write(PlanJson.ReadFile(plan), to);
        if (outFile is null)
            Console.Out.Write(text);
        else
            AtomicFile.WriteAllText(outFile, text);
        return ExitCode.Done;
    }
}
