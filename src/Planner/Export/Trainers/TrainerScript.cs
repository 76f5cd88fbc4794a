using SlmPlanner.Data.Trainers;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>What starts a training program on one node: it is run on every node with that node's rank in <c>NODE_RANK</c>.</summary>
/// <param name="Table">The program.</param>
/// <param name="Settings">Everything it is told, in its own names.</param>
/// <param name="Files">Files that are written before it starts.</param>
/// <param name="Prepare">Shell lines between the files and the command.</param>
/// <param name="Command">The command.</param>
/// <param name="Notes">What the reader must know, one sentence each.</param>
internal sealed record TrainerScript(
    TrainerTable Table,
    TrainerSettings Settings,
    IReadOnlyList<(string Name, string Text)> Files,
    IReadOnlyList<string> Prepare,
    string Command,
    params IReadOnlyList<string> Notes)
{
    private const string EndOfFile = "END_OF_FILE";

    /// <summary>
    /// The shell text. The data path is the only thing left open; <c>OUT</c> is where checkpoints go, and a run that is started again
    /// goes on
    /// from the last of them.
    /// </summary>
    public string Body(string planId)
    {
        var lines = new List<string>();
        lines.AddRange(Notes.Select(note => $"# {note}"));
        lines.Add(": \"${DATA:?set DATA to the path of the data, as this trainer reads it}\"");
        lines.Add("# OUT is where checkpoints go; on several machines it is a folder that all of them see.");
        lines.Add(": \"${OUT:=$PWD/runs/" + planId + "}\"");
        lines.Add("export OUT DATA HERE=$PWD");
        lines.Add("mkdir -p \"$OUT\"");
        if (Files.Count > 0)
            lines.Add("cd \"$(mktemp -d)\"");
        foreach (var (name, text) in Files)
            lines.Add($"mkdir -p {ShellText.Quote(Path.GetDirectoryName(name) is { Length: > 0 } folder ? folder : ".")}\ncat > "
                + $"{ShellText.Quote(name)} <<'{EndOfFile}'\n{text.TrimEnd('\n')}\n{EndOfFile}");
        lines.AddRange(Prepare);
        lines.Add(Command);
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>The same for a launcher to carry.</summary>
    public LaunchScript For(string planId) => new(Install, Body(planId));

    /// <summary>The shell lines that install the program.</summary>
    public string Install => string.Join('\n', Table.Install) + "\n";

    /// <summary>torchrun's own arguments for a node of the plan.</summary>
    public static string Torchrun(Core.Planning.Results.Candidate candidate, string what) =>
        $"torchrun --nnodes={candidate.Nodes} --nproc-per-node={candidate.Gpus / candidate.Nodes} --node-rank=\"${{NODE_RANK:-0}}\" \\\n"
        + "  --master-addr=\"${MASTER_ADDR:-127.0.0.1}\" --master-port=\"${MASTER_PORT:-29500}\" \\\n"
        + $"  {what}";
}
