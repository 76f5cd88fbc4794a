namespace SlmPlanner.Data.Store;

/// <summary>A step that brings a store from the version before to this one.</summary>
/// <param name="Version">The version that it makes, from 1 without gaps.</param>
/// <param name="Title">What it brings, for people.</param>
/// <param name="Apply">Does it, inside the transaction of all steps that are due.</param>
internal sealed record StoreMigration(int Version, string Title, Action<StoreFile> Apply);

/// <summary>
/// The steps in order. A part of the program that keeps something adds its tables to <see cref="Tables"/> and one step here; a step that
/// was shipped is never changed.
/// </summary>
internal static class StoreMigrations
{
    /// <summary>All steps.</summary>
    public static IReadOnlyList<StoreMigration> All { get; } =
    [
        new(1, "runs of the calibrator", RunTable.Make),
        new(2, "observations and what was said of them", ObservationTables.Make),
        new(3, "prices that were fetched", PriceTables.Make),
        new(4, "curves of learned runs", CurveTable.Make),
    ];

    /// <summary>The version that this program writes.</summary>
    public static int CurrentVersion => All[^1].Version;

    /// <summary>The tables that merge by union.</summary>
    public static IReadOnlyList<StoreTable> Tables { get; } =
        [RunTable.Table, .. ObservationTables.All, .. PriceTables.All, CurveTable.Table];
}
