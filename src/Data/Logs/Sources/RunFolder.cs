using System.Text.RegularExpressions;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Logs.Sources;

/// <summary>
/// Which files of a folder belong to one run: those that differ in numbers alone (ranks, attempts, parts, times of start), and the event
/// files of one folder.
/// </summary>
public static partial class RunFolder
{
    private const int MostFiles = 10_000;

    private static readonly string[] Endings =
        ["", ".log", ".txt", ".out", ".err", ".jsonl", ".ndjson", ".csv", ".json", ".stdout", ".stderr"];

    /// <summary>The files that arguments name, one list for each run, in order.</summary>
    /// <exception cref="InputException">A path does not exist, or a folder holds no logs.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Runs(IEnumerable<string> places)
    {
        var runs = new List<IReadOnlyList<string>>();
        foreach (var place in places)
            if (Catalogs.CatalogDownload.IsAddress(place) || File.Exists(place))
                runs.Add([place]);
            else if (!Directory.Exists(place))
                throw new InputException($"{place}: no such file or folder");
            else if (IsMlflow(place))
                runs.Add([place]);
            else
                runs.AddRange(Of(place));
        return runs;
    }

    /// <summary>Whether a file's name is one that logs have.</summary>
    public static bool LooksLikeLog(string path)
    {
        var name = Path.GetFileName(path);
        if (name.Contains("tfevents", StringComparison.Ordinal))
            return true;
        return Endings.Contains(Path.GetExtension(Plain(name)), StringComparer.OrdinalIgnoreCase)
            && !name.StartsWith('.') && !Others.Contains(name, StringComparer.OrdinalIgnoreCase)
            && !name.EndsWith(".index.json", StringComparison.Ordinal);
    }

    /// <summary>What lies beside logs and is none: configurations, tokenizers, a tracker's notes, results of evaluations.</summary>
    private static readonly string[] Others =
    [
        "config.json", "plan.json", "args.json", "training_args.json", "generation_config.json", "adapter_config.json",
            "preprocessor_config.json", "processor_config.json",
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "vocab.txt",
        "eval_results.json", "test_results.json", "predict_results.json",
        "requirements.txt", "wandb-summary.json", "wandb-metadata.json",
    ];

    /// <summary>Files in which the Hugging Face Trainer tells of one run.</summary>
    private static readonly string[] OfTrainer = ["trainer_state.json", "all_results.json", "train_results.json"];

    /// <summary>The earlier parts of a log that was rotated, the oldest first: <c>train.log.2.gz</c>, <c>train.log.1</c>.</summary>
    internal static IReadOnlyList<string> RotatedParts(string log)
    {
        var (folder, name) = (Path.GetDirectoryName(Path.GetFullPath(log))!, Path.GetFileName(log));
        return
        [
            .. Directory.EnumerateFiles(folder, name + ".*").Select(path => (Path: path, Part: PartOf(path, name)))
                .Where(one => one.Part > 0).OrderByDescending(one => one.Part).Select(one => one.Path),
        ];
    }

    private static int PartOf(string path, string name)
    {
        var ending = Unpacked(Path.GetFileName(path));
        return ending.Length > name.Length + 1 && int.TryParse(ending.AsSpan(name.Length + 1), out var part) ? part : 0;
    }

    /// <summary>A name without what tells parts of a run apart: numbers and endings of packed or rotated files.</summary>
    internal static string Stem(string path)
    {
        var name = Path.GetFileName(path);
        return name.Contains("tfevents", StringComparison.Ordinal) ? "tfevents"
            : OfTrainer.Contains(name, StringComparer.Ordinal) ? OfTrainer[0] : Digits().Replace(Plain(name), "#");
    }

    /// <summary>Whether a folder is a run as MLflow's file store keeps it.</summary>
    private static bool IsMlflow(string folder)
    {
        var metrics = Path.Combine(folder, "metrics");
        return Directory.Exists(metrics) && Directory.EnumerateFiles(metrics, "*", SearchOption.AllDirectories).Any();
    }

    private static IEnumerable<IReadOnlyList<string>> Of(string folder)
    {
        string[] tracked =
        [
            .. Directory.EnumerateDirectories(folder, "metrics", SearchOption.AllDirectories).Take(MostFiles)
                .Select(metrics => Path.GetDirectoryName(metrics)!)
                .Where(run => File.Exists(Path.Combine(run, "meta.yaml")) && IsMlflow(run)).Order(StringComparer.Ordinal),
        ];
        if (tracked.Length > 0)
            return tracked.Select(run => (IReadOnlyList<string>)[run]);
        string[] files =
        [
            .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Take(MostFiles)
                .Where(LooksLikeLog).Order(StringComparer.Ordinal),
        ];
        if (files.Length == 0)
            throw new InputException($"{folder}: no file that looks like a log");
        return files.GroupBy(file => (Place(Path.GetRelativePath(folder, Path.GetDirectoryName(file)!), file), Stem(file)))
            .Select(group => (IReadOnlyList<string>)[.. group]);
    }

    /// <summary>A folder without numbers. The Trainer's checkpoints tell of the run of the folder that they are in.</summary>
    private static string Place(string folder, string file)
    {
        var place = Digits().Replace(folder, "#");
        return OfTrainer.Contains(Path.GetFileName(file), StringComparer.Ordinal) && Path.GetFileName(place) is "checkpoint-#"
            ? Path.GetDirectoryName(place) is { Length: > 0 } parent ? parent : "." : place;
    }

    private static string Plain(string name) => Rotated().Replace(Unpacked(name), "");

    private static string Unpacked(string name)
    {
        foreach (var packed in (ReadOnlySpan<string>)[".gz", ".zst", ".zstd", ".xz"])
            if (name.EndsWith(packed, StringComparison.OrdinalIgnoreCase))
                name = name[..^packed.Length];
        return name;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\.[0-9]+$")]
    private static partial Regex Rotated();
}
