namespace SlmPlanner.Data.Store;

/// <summary>
/// What was observed, when and from where it was learned, and what was said of it since. What was observed is kept once however often it is
/// learned; a mark never removes it.
/// </summary>
internal static class ObservationTables
{
    /// <summary>
    /// <c>id</c> is the observation's id, <c>document</c> its JSON with keys in order, without the name that a file gives it.
    /// </summary>
    public static StoreTable Observation { get; } = new("observation", "id", "document");

    /// <summary>
    /// When an observation was learned (<c>at</c>), of which <c>kind</c> it is, under which <c>name</c>, from which <c>file</c> (its name,
    /// never its folder) and which of its lines, and <c>by</c> whom where that was said.
    /// </summary>
    public static StoreTable Learning { get; } = new(
        "learning", "observation", "at", "kind", "name", "file", "first_line", "last_line", "by");

    /// <summary>Whether an observation shall count (<c>dropped</c> 0 or 1) from a time on; the latest mark holds.</summary>
    public static StoreTable Mark { get; } = new("mark", "observation", "at", "dropped", "reason", "by");

    /// <summary>The three.</summary>
    public static IReadOnlyList<StoreTable> All { get; } = [Observation, Learning, Mark];

    /// <summary>Makes them.</summary>
    public static void Make(StoreFile file) => file.Execute("""
        CREATE TABLE observation (hash TEXT PRIMARY KEY, id TEXT NOT NULL, document TEXT NOT NULL);
        CREATE TABLE learning (hash TEXT PRIMARY KEY, observation TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
            file TEXT, first_line INTEGER, last_line INTEGER, "by" TEXT);
        CREATE TABLE mark (hash TEXT PRIMARY KEY, observation TEXT NOT NULL, at TEXT NOT NULL, dropped INTEGER NOT NULL,
            reason TEXT NOT NULL,
            "by" TEXT);
        CREATE UNIQUE INDEX observation_id ON observation(id);
        CREATE INDEX learning_observation ON learning(observation);
        CREATE INDEX mark_observation ON mark(observation);
        """);
}
