using System.Globalization;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Export;

/// <summary>A Slurm batch script: one task per node, which starts torchrun for the node's GPUs.</summary>
internal static class SlurmScript
{
    /// <summary>The script. The time limit is the upper end of the time's interval, in whole hours.</summary>
    /// <param name="launch">What to run.</param>
    public static string Write(Launch launch) => $$"""
        #!/usr/bin/env bash
        #SBATCH --job-name={{JobName(launch.Candidate)}}
        #SBATCH --nodes={{launch.Candidate.Nodes}}
        #SBATCH --ntasks-per-node=1
        #SBATCH --gpus-per-node={{launch.Candidate.Gpus / launch.Candidate.Nodes}}
        #SBATCH --time={{TimeLimit(launch.Candidate.HoursHigh)}}
        #SBATCH --output=%x-%j.log
        {{(launch.Script is null ? "" : "#SBATCH --requeue\n#SBATCH --open-mode=append\n")}}{{PlanFacts.Comments(launch)}}set -euo pipefail
        {{PlanFacts.ExportId(launch.Candidate)}}
        MASTER_ADDR=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
        export MASTER_ADDR
        srun --kill-on-bad-exit=1 bash -c {{ShellText.Quote(Command(launch))}}

        """;

    private static string Command(Launch launch) => launch.Script is not { } script
        ? TorchrunScript.Command(launch, "$SLURM_NODEID", "$MASTER_ADDR")
        : "set -euo pipefail\nexport NODE_RANK=$SLURM_NODEID\n" + script.Body;

    /// <summary>A name without characters that Slurm or a shell would read in another way.</summary>
    private static string JobName(Candidate candidate) =>
        new([.. candidate.Model.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character
            : '-')]);

    /// <summary>days-hours:minutes:seconds.</summary>
    private static string TimeLimit(double hours)
    {
        var whole = (long)Math.Ceiling(hours);
        return string.Create(CultureInfo.InvariantCulture, $"{whole / 24}-{whole % 24:00}:00:00");
    }
}
