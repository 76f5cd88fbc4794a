using System.Globalization;
using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Project;

namespace SlmPlanner.Planner.Requests;

/// <summary>
/// Reads <c>--project</c>: <c>name=value,…</c>, or a file with the same names as JSON. Runs are counts of a size,
/// <c>ablations=20@0.01</c> for
/// twenty of a hundredth of the final run each, or a share of the final run, <c>ablations=0.2</c>.
/// </summary>
internal static class ProjectText
{
    private const string Option = "--project";

    private static readonly string[] Names =
    [
        "ablations", "seeds", "trials", "failed", "evaluation", "data_usd", "storage_gib", "storage_months", "storage_usd_per_gib_month",
        "people", "person_usd_per_day", "contingency",
    ];

    /// <summary>True of a text that names parts, or <c>default</c>; anything else may be the path of a file.</summary>
    public static bool IsInOneLine(string text) => text == "default" || text.Contains('=', StringComparison.Ordinal);

    /// <summary>The project; what the text does not say is as the profile has it.</summary>
    /// <exception cref="InputException">A name or value that can't be read, with what is allowed.</exception>
    public static ProjectDemand Parse(string text, ProjectProfile profile)
    {
        var parts = new NamedParts(Option, !IsInOneLine(text) && File.Exists(text) ? FromFile(text) : text == "default" ? "" : text, Names);
        var assumed = new List<string>();
        return new()
        {
            Ablations = Runs(parts, "ablations") ?? Assumed("ablations", profile.Ablations.Value),
            Seeds = Runs(parts, "seeds", whole: true) ?? 0,
            Trials = Runs(parts, "trials") ?? 0,
            FailedShare = parts.Number("failed", 0, 10) ?? Assumed("failed-runs", profile.FailedShare.Value),
            EvaluationShare = parts.Number("evaluation", 0, 10) ?? Assumed("evaluation", profile.EvaluationShare.Value),
            DataUsd = parts.Number("data_usd", 0, 1e9) ?? 0,
            StorageGib = parts.Number("storage_gib", 0, 1e9) ?? 0,
            StorageMonths = parts.Number("storage_months", 0, 120) ?? profile.StorageMonths.Value,
            StorageUsdPerGibMonth = parts.Number("storage_usd_per_gib_month", 0, 1000)
            ?? Assumed("storage", profile.StorageUsdPerGibMonth.Value),
            People = parts.Number("people", 0, 10_000) ?? 0,
            PersonUsdPerDay = parts.Number("person_usd_per_day", 0, 1e6) ?? 0,
            Contingency = parts.Number("contingency", 0.5, 0.99) ?? 0.9,
            ExperimentLogSpread = profile.ExperimentLogSpread.Value,
            FailedLogSpread = profile.FailedLogSpread.Value,
            Assumed = assumed,
        };

        double Assumed(string part, double value)
        {
            assumed.Add(part);
            return value;
        }
    }

    /// <summary>Runs in final runs: <c>COUNT@SIZE</c>, or for seeds a count of whole runs, else a share.</summary>
    private static double? Runs(NamedParts parts, string name, bool whole = false)
    {
        if (parts.Text(name) is not { } text)
            return null;
        if (text.Split('@') is not [var count, var size])
            return whole ? parts.Whole(name, 0, 1000) : parts.Number(name, 0, 1000);
        return Number(name, text, count) * Number(name, text, size);
    }

    private static double Number(string name, string text, string part) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 10_000
            ? number : throw new InputException($"{Option}: {name} is '{text}', expected COUNT@SIZE with a size in final runs, for "
                + $"example 20@0.01");

    private static string FromFile(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? string.Join(',', document.RootElement.EnumerateObject().Select(field => $"{field.Name}={field.Value.ToString()}"))
                : throw new InputException($"{path}: expected an object with names as --project has them");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {path}: {exception.Message}", exception);
        }
    }
}
