using SlmPlanner.Data.Catalogs.Refresh;
using SlmPlanner.Data.Store;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Prices;

/// <summary>What a refresh of prices found.</summary>
public static class RefreshTables
{
    /// <summary>One row for each catalog.</summary>
    /// <param name="outcomes">What came of them.</param>
    /// <param name="sources">The catalogs.</param>
    public static Listing<RefreshOutcome> Catalogs(IReadOnlyList<RefreshOutcome> outcomes, IReadOnlyList<CatalogSource> sources) => new(
        "catalogs", "Catalogs", outcomes,
        new("catalog", "Catalog", outcome => outcome.Catalog),
        new("status", "Result", outcome => outcome.Status.ToString().ToLowerInvariant()),
        new("prices", "Prices", outcome => outcome.Prices, IsNumber: true),
        new("new", "New", outcome => outcome.Count(PriceEvent.New), IsNumber: true),
        new("gone", "Gone", outcome => outcome.Count(PriceEvent.Gone), IsNumber: true),
        new("up", "Up", outcome => outcome.Count(PriceEvent.Up), IsNumber: true),
        new("down", "Down", outcome => outcome.Count(PriceEvent.Down), IsNumber: true),
        new("skipped_rows", "Rows skipped", outcome => outcome.Skipped, IsNumber: true),
        new("ran_live", "First fetched live", outcome => sources.FirstOrDefault(source => source.Name == outcome.Catalog)?.RanLive,
            outcome => sources.FirstOrDefault(source => source.Name == outcome.Catalog)?.RanLive is { } day ? Readable.Date(day)
            : "not yet"),
        new("problem", "Problem", outcome => outcome.Problem) { IsOptional = true });

    /// <summary>What changed, the largest moves first; new and gone prices follow.</summary>
    public static Listing<PriceChange> Changes(IReadOnlyList<RefreshOutcome> outcomes) => new(
        "changes", "Changes",
        [.. outcomes.SelectMany(outcome => outcome.Changes).OrderByDescending(change => Math.Abs(Share(change) ?? 0))],
        new("event", "What", change => change.Event.ToString().ToLowerInvariant()),
        new("provider", "Provider", change => change.Key.Provider),
        new("instance_type", "Machine", change => change.Key.InstanceType),
        new("gpu", "GPU", change => change.Key.Gpu),
        new("gpus", "GPUs", change => change.Key.Gpus, IsNumber: true),
        new("region", "Region", change => change.Key.Region),
        new("kind", "Kind", change => change.Key.Kind),
        new("usd_per_hour_before", "Before", change => change.Before, IsNumber: true),
        new("usd_per_hour", "Now", change => change.After, IsNumber: true),
        new("change", "Change", change => Share(change), change => Share(change) is { } share
            ? (share < 0 ? "−" : "+") + Readable.Percent(Math.Abs(share)) : Readable.Missing, true));

    private static double? Share(PriceChange change) => change is { Before: { } before, After: { } after } ? after / before - 1 : null;
}
