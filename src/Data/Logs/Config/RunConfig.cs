using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Logs.Sources;
using SlmPlanner.Data.Models;

namespace SlmPlanner.Data.Logs.Config;

/// <summary>What a configuration beside a log says.</summary>
/// <param name="File">Its name.</param>
/// <param name="Facts">The settings that are known.</param>
/// <param name="Shape">The model, where it is described whole.</param>
public sealed record RunConfig(string File, RunFacts Facts, TransformerShape? Shape)
{
    private const int Largest = 1 << 22;
    private const int MostFiles = 200;

    private static readonly string[] Names =
    [
        "config.json", "training_args.json", "training_args.bin", "args.json", "hparams.yaml", "plan.json", "ds_config.json",
            "deepspeed.json", "deepspeed_config.json",
        "accelerate.yaml", "accelerate_config.yaml", "default_config.yaml", "sky.yaml", "task.yaml", "skypilot.yaml", "config.yaml",
            "config.yml",
        "model_config.yaml", "wandb-metadata.json", "nanotron.yaml",
    ];

    private static readonly string[] Endings = [".toml", ".sbatch", ".slurm"];

    /// <summary>Reads a configuration that the user names.</summary>
    /// <exception cref="InputException">It is missing or of no kind that is known.</exception>
    public static RunConfig Read(string path)
    {
        if (!System.IO.File.Exists(path))
            throw new InputException($"{path}: no such file");
        if (new FileInfo(path).Length > Largest)
            throw new InputException($"{path}: more than {Largest} bytes, which is no configuration");
        var facts = new RunFacts();
        var name = Path.GetFileName(path);
        // accelerate says "FSDP" first and how much of it later; the more exact word counts.
        var pairs = (IsPickle(path) ? TrainingArgsFile.Pairs(path) : ConfigText.Pairs(path, System.IO.File.ReadAllText(path)))
            .OrderBy(pair => pair.Path.EndsWith("distributed_type", StringComparison.Ordinal)).ToList();
        if (NanotronSettings.Knows(pairs))
        {
            var nanotron = new NanotronSettings();
            pairs.ForEach(pair => nanotron.Set(pair.Path, pair.Value));
            nanotron.Tell(Keep);
        }
        else
            pairs.ForEach(pair => ConfigPaths.Read(pair.Path, pair.Value, Keep));
        // SkyPilot has one node where none are told.
        if (pairs.Exists(pair => pair.Path == "resources.accelerators") && facts.Count(RunField.Nodes) is null)
            Keep(RunField.Nodes, "1");
        return new(name, facts, ShapeOf(path, facts));

        void Keep(RunField field, string text) => facts.Set(field, text, FactSource.Beside, name);
    }

    private static bool IsPickle(string path) => path.EndsWith(".bin", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The configurations that lie in the folder of a log. Where logs of other runs lie there too, nobody knows whose they are, and none is
    /// taken.
    /// </summary>
    /// <param name="log">A log's path.</param>
    /// <param name="own">All logs of its run.</param>
    /// <param name="problems">Takes why a configuration was passed over.</param>
    public static IReadOnlyList<RunConfig> Beside(string log, IReadOnlyCollection<string> own, Action<string> problems)
    {
        var folder = Directory.Exists(log) ? log : Path.GetDirectoryName(Path.GetFullPath(log));
        if (folder is null || !Directory.Exists(folder))
            return [];
        string[] files = [.. Directory.EnumerateFiles(folder).Take(MostFiles).Order(StringComparer.Ordinal)];
        string[] configs = [.. files.Where(IsConfig)];
        var stem = RunFolder.Stem(log);
        var others = files.Except(configs)
            .Where(file => RunFolder.LooksLikeLog(file) && !own.Contains(file) && RunFolder.Stem(file) != stem);
        if (configs.Length > 0 && others.FirstOrDefault() is { } other)
        {
            problems($"{Path.GetFileName(configs[0])} is not taken: {Path.GetFileName(other)} lies beside it too; name it with "
                + $"--run-config");
            return [];
        }
        var read = new List<RunConfig>();
        foreach (var config in configs)
            try
            {
                read.Add(Read(config));
            }
            catch (Exception exception) when (exception is InputException or IOException or UnauthorizedAccessException)
            {
                problems(exception.Message);
            }
        return read;
    }

    private static bool IsConfig(string path) =>
        Names.Contains(Path.GetFileName(path), StringComparer.OrdinalIgnoreCase)
        || Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The model of a configuration that describes one: of Hugging Face, torchtitan, LitGPT, or by Megatron-LM's arguments. It is called by
    /// its kind: the folder's name may tell who ran it.
    /// </summary>
    private static TransformerShape? ShapeOf(string path, RunFacts facts)
    {
        if (IsPickle(path) || (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            && !System.IO.File.ReadAllText(path).Contains("\"model_type\"", StringComparison.Ordinal)))
            return null;
        try
        {
            var shape = ShapeFile.Read(path);
            return path.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) ? shape
                : shape with { Name = facts.Text(RunField.Model) ?? $"model of {Path.GetFileName(path)}" };
        }
        catch (InputException)
        {
            return null;
        }
    }
}
