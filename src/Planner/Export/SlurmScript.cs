using System.Globalization;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Planner.Export;

/// <summary>A Slurm batch script: one task per node, which starts torchrun for the node's GPUs.</summary>
internal static class SlurmScript
{
    /// <summary>The script. The time limit is the upper end of the time's interval, in whole hours.</summary>
    public static string Write(Candidate candidate) => $$"""
        #!/usr/bin/env bash
        #SBATCH --job-name={{JobName(candidate)}}
        #SBATCH --nodes={{candidate.Nodes}}
        #SBATCH --ntasks-per-node=1
        #SBATCH --gpus-per-node={{candidate.Gpus / candidate.Nodes}}
        #SBATCH --time={{TimeLimit(candidate.HoursHigh)}}
        #SBATCH --output=%x-%j.log
        {{PlanFacts.Comments(candidate)}}set -euo pipefail
        {{PlanFacts.ExportId(candidate)}}
        MASTER_ADDR=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
        export MASTER_ADDR
        srun --kill-on-bad-exit=1 bash -c {{ShellText.Quote(TorchrunScript.Command(candidate, "$SLURM_NODEID", "$MASTER_ADDR"))}}

        """;

    /// <summary>A name without characters that Slurm or a shell would read in another way.</summary>
    private static string JobName(Candidate candidate) =>
        new([.. candidate.Model.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '-')]);

    /// <summary>days-hours:minutes:seconds.</summary>
    private static string TimeLimit(double hours)
    {
        var whole = (long)Math.Ceiling(hours);
        return string.Create(CultureInfo.InvariantCulture, $"{whole / 24}-{whole % 24:00}:00:00");
    }
}
