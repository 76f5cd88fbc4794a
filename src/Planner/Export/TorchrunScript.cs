namespace SlmPlanner.Planner.Export;

/// <summary>A shell script that starts torchrun on one node; it is run on every node with that node's rank.</summary>
internal static class TorchrunScript
{
    private const string NeedsRank = """
        : "${NODE_RANK:?set NODE_RANK to 0 on the first node, 1 on the next, and so on}"
        : "${MASTER_ADDR:?set MASTER_ADDR to the address of the first node}"

        """;

    /// <summary>The script. It reads TRAIN_SCRIPT (default train.py) and, on several nodes, NODE_RANK and MASTER_ADDR.</summary>
    /// <param name="launch">What to run; a training program is installed by hand.</param>
    public static string Write(Launch launch) =>
        $"#!/usr/bin/env bash\n{PlanFacts.Comments(launch)}set -euo pipefail\n"
        + (launch.Candidate.Nodes > 1 ? NeedsRank : "")
        + PlanFacts.ExportId(launch.Candidate) + "\n"
        + (launch.Script is not { } script
            ? Command(launch, "${NODE_RANK:-0}", "${MASTER_ADDR:-127.0.0.1}") + "\n"
            : Comment(script.Install) + script.Body);

    /// <summary>What must be installed first, for a person to run once.</summary>
    private static string Comment(string install) =>
        "# Once, to install the trainer:\n" + string.Concat(install.TrimEnd('\n').Split('\n').Select(line => $"#   {line}\n"));

    /// <summary>The torchrun command alone, for other launchers to embed.</summary>
    /// <param name="launch">What to run.</param>
    /// <param name="nodeRank">Shell expression of the node's rank.</param>
    /// <param name="masterAddress">Shell expression of the first node's address.</param>
    public static string Command(Launch launch, string nodeRank, string masterAddress) =>
        $"torchrun --nnodes={launch.Candidate.Nodes} --nproc-per-node={launch.Candidate.Gpus / launch.Candidate.Nodes} --node-rank=\"{nodeRank}\" \\\n"
        + $"  --master-addr=\"{masterAddress}\" --master-port=\"${{MASTER_PORT:-29500}}\" \\\n"
        + $"  \"${{TRAIN_SCRIPT:-train.py}}\" {PlanFacts.ScriptArguments(launch)}";
}
