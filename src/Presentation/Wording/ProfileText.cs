using System.Globalization;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Presentation.Wording;

/// <summary>What predictions rest on, in words.</summary>
internal static class ProfileText
{
    private const string AccuracyFileName = "accuracy.json";

    /// <summary>What the performance profile was fitted to.</summary>
    public static string Fitted(PerformanceProfile profile, IReadOnlyList<CalibratedMachine> machines)
    {
        var published = profile.Published;
        var fit = published.Rows.Count == 0
            ? "datasheets and priors, nothing fitted"
            : string.Create(CultureInfo.InvariantCulture, $"fitted to {published.Rows.Count:N0} published measurements of"
                + $" {published.Devices.Count} devices in {published.Stacks.Count} software stacks");
        return machines.Count == 0 ? fit : $"{fit}; calibrated: "
            + $"{string.Join(", ", machines.Select(Calibrated).Order(StringComparer.Ordinal))}";
    }

    /// <summary>A machine whose measured rates replace a datasheet's is said to do so.</summary>
    private static string Calibrated(CalibratedMachine machine) => machine.Device.Name == machine.Device.FittedAs
        ? machine.Title
        : $"{machine.Title}, measured as {machine.Device.FittedAs}{(machine.Device.Kind is null ? $" and used for every {machine.Kind}" : "")}";

    /// <summary>The committed errors on rows left out of the fit; empty when none are committed.</summary>
    public static string Accuracy(ProfileStore store)
    {
        if (store.Files("validation", AccuracyFileName) is not [.., var path])
            return "";
        var lines = AccuracyFile.Read(path).Lines.Where(line => line.Slice == "all");
        return string.Join("; ", lines.Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Model.MeanError * 100:0.0} % leaving out {FitFindingWords.Of(line.Scheme)}"))) is { Length: > 0 } text
                ? $"mean error {text}."
                : "";
    }
}
