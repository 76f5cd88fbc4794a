using System.Diagnostics;
using CsCheck;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Planner.Export;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Tests.Export;

public sealed class ShellScriptTests
{
    /// <summary>Slurm as far as a script meets it.</summary>
    private const string SlurmStubs =
        "export SLURM_JOB_NODELIST=n[1-2] SLURM_NODEID=1; scontrol() { echo n1; echo n2; }; srun() { shift; \"$@\"; }; export -f torchrun";

    private static readonly Gen<string> AnyText = Gen.Char[' ', '~'].Array[0, 20].Select(characters => new string(characters));

    [Fact]
    public void Quoted_words_come_out_of_a_shell_as_they_went_in() => AnyText.Array[30].Sample(
        words => Assert.Equal(words, Bash($"printf '%s\\n' {string.Join(' ', words.Select(ShellText.Quote))}")),
        iter: 5, threads: 1);

    [Fact]
    public void Torchrun_gets_exactly_the_plan()
    {
        var arguments = Arguments(LaunchFormat.Torchrun, LaunchFileTests.Plan, "export NODE_RANK=1 MASTER_ADDR=10.0.0.1");
        Assert.Equal(["--nnodes=2", "--nproc-per-node=8", "--node-rank=1", "--master-addr=10.0.0.1"], arguments.Take(4));
        Assert.Equal(Expected(LaunchFileTests.Plan), arguments.SkipWhile(argument => argument != "train.py").Skip(1));
    }

    [Theory]
    [InlineData(LaunchFormat.Torchrun, "export NODE_RANK=1 MASTER_ADDR=10.0.0.1")]
    [InlineData(LaunchFormat.Slurm, SlurmStubs)]
    public void The_run_finds_the_id_of_its_plan_in_its_environment(LaunchFormat format, string before)
    {
        var script = LaunchFileTests.Written(format).Replace("#!/usr/bin/env bash", "", StringComparison.Ordinal);
        Assert.Equal(
            [LaunchFileTests.Plan.PlanId!],
            Bash($"torchrun() {{ bash -c 'echo $SLM_PLAN_ID'; }}\nexport -f torchrun\n{before}\n{script}"));
    }

    [Fact]
    public void A_hostile_plan_id_is_a_plain_value()
    {
        var candidate = LaunchFileTests.Plan with { PlanId = "$(echo no) '; echo no #" };
        Assert.Equal(
            [candidate.PlanId],
            Bash($"torchrun() {{ printf '%s\\n' \"$SLM_PLAN_ID\"; }}\nexport NODE_RANK=0 "
                + $"MASTER_ADDR=a\n{LaunchFileTests.Written(LaunchFormat.Torchrun, candidate)}"));
    }

    [Fact]
    public void A_hostile_model_name_is_a_plain_argument()
    {
        var candidate = LaunchFileTests.Plan with { Model = "it's $(touch x) `id` \"&\" \\" };
        Assert.Contains(candidate.Model, Arguments(LaunchFormat.Torchrun, candidate, "export NODE_RANK=0 MASTER_ADDR=a"));
    }

    [Fact]
    public void Slurm_hands_each_node_the_same_command()
    {
        var arguments = Arguments(LaunchFormat.Slurm, LaunchFileTests.Plan, SlurmStubs);
        Assert.Equal(["--nnodes=2", "--nproc-per-node=8", "--node-rank=1", "--master-addr=n1"], arguments.Take(4));
        Assert.Equal(Expected(LaunchFileTests.Plan), arguments.SkipWhile(argument => argument != "train.py").Skip(1));
    }

    [Fact]
    public void Slurm_directives_ask_for_the_plan()
    {
        var directives = LaunchFileTests.Written(LaunchFormat.Slurm).Split('\n')
            .Where(line => line.StartsWith("#SBATCH ", StringComparison.Ordinal)).ToArray();
        Assert.Contains("#SBATCH --nodes=2", directives);
        Assert.Contains("#SBATCH --gpus-per-node=8", directives);
        Assert.Contains("#SBATCH --time=1-07:00:00", directives);
    }

    private static string[] Expected(Candidate plan) =>
    [
        "--model", plan.Model, "--tokens", "20000000000", "--parallelism", "hsdp", "--micro-batch", "16", "--grad-accum", "2",
        "--seq-len", "1024", "--precision", "bf16-mixed", "--attention", "flash", "--recomputation", "full", "--compile", "false",
        .. LaunchFileTests.Told.SelectMany(fact => new[] { $"--{fact.Key.Replace('_', '-')}", fact.Value }),
    ];

    /// <summary>Runs the script with a torchrun that prints its arguments, one a line.</summary>
    private static string[] Arguments(LaunchFormat format, Candidate candidate, string before) =>
        Bash($"torchrun() {{ printf '%s\\n' \"$@\"; }}\n{before}\n{LaunchFileTests.Written(format, candidate)}");

    internal static string[] Bash(string script)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-s"]) { RedirectStandardInput = true,
            RedirectStandardOutput = true })!;
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output[..^1].Split('\n');
    }
}
