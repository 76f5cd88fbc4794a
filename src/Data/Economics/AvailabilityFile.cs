using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Economics;

/// <summary>Reads <c>availability.json</c> under a profiles folder: how machines are had, provider by provider.</summary>
public static class AvailabilityFile
{
    private const int MostGpus = 1_000_000;

    private static readonly string[] Confidences = ["A", "B", "C", "assumed"];

    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="InputException">A missing file, malformed JSON, or a value outside its range.</exception>
    public static AvailabilityProfile Read(string profiles)
    {
        var path = Path.Combine(profiles, "availability.json");
        return File.Exists(path) ? Parse(File.ReadAllText(path), path) : throw new InputException($"{path}: not found");
    }

    /// <summary>Parses and checks a profile; <paramref name="origin"/> names the text in messages.</summary>
    /// <exception cref="InputException">Malformed JSON, or a value outside its range.</exception>
    public static AvailabilityProfile Parse(string json, string origin)
    {
        FormatVersion.Check(json, FormatVersion.OfDataFiles, origin);
        var profile = JsonFile.Parse(json, AvailabilityJson.Default.AvailabilityProfile, origin);
        for (var index = 0; index < profile.Rules.Count; index++)
            Check(profile.Rules[index], $"{origin}: rules[{index}] ({profile.Rules[index].Provider})");
        return profile;
    }

    private static void Check(RentalRule rule, string place)
    {
        Within(rule.SelfServeGpus, 0, MostGpus, $"{place}: self_serve_gpus");
        Within(rule.AfterRequestGpus, rule.SelfServeGpus ?? 0, MostGpus, $"{place}: after_request_gpus");
        Within(rule.MostMachines, 1, MostGpus, $"{place}: most_machines");
        Within(rule.LeastGpus, 1, MostGpus, $"{place}: least_gpus");
        Within(rule.LeastHours, 0, 8760, $"{place}: least_hours");
        if (rule.Spot != (rule.Way is WayToRent.Spot or WayToRent.FlexStart) && rule.Way != WayToRent.Contract)
            throw new InputException($"{place}: way is about the {(rule.Spot ? "interruptible" : "steady")} price, allowed "
                + (rule.Spot ? "spot, flex-start, contract" : "on-demand, reservation, contract"));
        if (string.IsNullOrWhiteSpace(rule.Source))
            throw new InputException($"{place}: source is empty");
        if (PriceDates.Parse(rule.Date) is null)
            throw new InputException($"{place}: date is '{rule.Date}', expected 2026-11-29 or ../2026-11-29");
        if (!Confidences.Contains(rule.Confidence, StringComparer.Ordinal))
            throw new InputException($"{place}: confidence is '{rule.Confidence}', allowed {string.Join(", ", Confidences)}");
    }

    private static void Within(double? value, double low, double high, string field)
    {
        if (value is { } number && !(number >= low && number <= high))
            throw new InputException($"{field} is {number}, allowed {low} to {high}");
    }
}
