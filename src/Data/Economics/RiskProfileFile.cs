using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Units;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Economics;

/// <summary>Reads <c>risk.json</c> under a profiles folder.</summary>
public static class RiskProfileFile
{
    private const double Month = 30 * 86_400;

    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="InputException">A missing file, malformed JSON, or a number outside its range.</exception>
    public static RiskProfile Read(string profiles)
    {
        var path = Path.Combine(profiles, "risk.json");
        return File.Exists(path) ? Parse(File.ReadAllText(path), path) : throw new InputException($"{path}: not found");
    }

    /// <summary>Parses and checks a profile; <paramref name="origin"/> names the text in messages.</summary>
    /// <exception cref="InputException">Malformed JSON, or a number outside its range.</exception>
    public static RiskProfile Parse(string json, string origin)
    {
        FormatVersion.Check(json, FormatVersion.OfDataFiles, origin);
        var profile = JsonFile.Parse(json, CostJson.Default.RiskProfile, origin);
        Check(profile, origin);
        return profile;
    }

    private static void Check(RiskProfile profile, string origin)
    {
        foreach (var assumption in RunAssumption.All)
            Within(profile.Of(assumption).Value, assumption.Least, assumption.Most, assumption.Key, origin);
        if (profile.Billing.All(billing => billing.Provider != "*"))
            throw new InputException($"{origin}: billing has no entry for provider '*', which holds for providers without their own");
        foreach (var billing in profile.Billing)
        {
            Within(billing.UnitS, 0, Month, $"billing of {billing.Provider}: unit_s", origin);
            Within(billing.MinimumS, 0, Month, $"billing of {billing.Provider}: minimum_s", origin);
        }
    }

    private static void Within(double value, double low, double high, string field, string origin)
    {
        if (!(value >= low && value <= high))
            throw new InputException($"{origin}: {field} is {value}, allowed {low} to {high}");
    }
}
