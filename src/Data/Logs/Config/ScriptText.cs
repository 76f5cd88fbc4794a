namespace SlmPlanner.Data.Logs.Config;

/// <summary>
/// Settings in scripts: options with two dashes (<c>--num-layers 24</c>, <c>--nnodes=2</c>), Slurm's <c>#SBATCH</c> lines, assignments
/// (<c>export SLM_PLAN_ID=…</c>, Python's <c>n_layer = 12</c>), and the comments <c># key: value</c> of the files that we export.
/// </summary>
internal static class ScriptText
{
    /// <summary>Adds the settings of a script; torchrun has one node where none are told.</summary>
    public static void Read(string text, List<(string, string)> pairs)
    {
        foreach (var line in text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("#SBATCH", StringComparison.Ordinal))
                Options(line, pairs, slurm: true);
            else if (line.StartsWith("# ", StringComparison.Ordinal))
                Comment(line, pairs);
            else
            {
                Options(line, pairs, slurm: false);
                Assignment(line, pairs);
            }
        }
        if (pairs.Exists(pair => pair.Item1 == "nproc_per_node") && !pairs.Exists(pair => pair.Item1 is "nnodes" or "sbatch.nodes"))
            pairs.Add(("nnodes", "1"));
    }

    /// <summary>Adds the setting of a comment of ours, <c># gpu: X</c>.</summary>
    public static void Comment(string line, List<(string, string)> pairs)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon > 2 && line[2..colon].All(letter => char.IsAsciiLetterLower(letter) || letter == '_'))
            pairs.Add(($"slm_plan.{line[2..colon]}", line[(colon + 2)..].Trim()));
    }

    private static void Options(string line, List<(string, string)> pairs, bool slurm)
    {
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        for (var index = 0; index < words.Length; index++)
        {
            var word = words[index];
            if (!word.StartsWith("--", StringComparison.Ordinal) || word.Length < 4)
                continue;
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = (equals > 0 ? word[2..equals] : word[2..]).Replace('-', '_');
            var value = equals > 0 ? word[(equals + 1)..]
                : index + 1 < words.Length && !words[index + 1].StartsWith("--", StringComparison.Ordinal) ? words[index + 1] : "true";
            pairs.Add((slurm ? $"sbatch.{name}" : name, value));
        }
    }

    private static void Assignment(string line, List<(string, string)> pairs)
    {
        if (line.StartsWith("export ", StringComparison.Ordinal))
            line = line["export ".Length..];
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            return;
        var name = line[..equals].Trim();
        if (name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            pairs.Add((name, line[(equals + 1)..].Split('#')[0].Trim()));
    }
}
