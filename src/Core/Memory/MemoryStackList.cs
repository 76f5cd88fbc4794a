namespace SlmPlanner.Core.Memory;

/// <summary>The contract of <c>profiles/memory.json</c>.</summary>
/// <param name="SchemaVersion">Version of the format.</param>
/// <param name="Source">Where the traits were read.</param>
/// <param name="Date">When, <c>yyyy-mm-dd</c>.</param>
/// <param name="Stacks">The stacks; of two with the same word the first is taken.</param>
public sealed record MemoryStackList(int SchemaVersion, string Source, string Date, IReadOnlyList<MemoryStackEntry> Stacks)
{
    /// <summary>The version this program reads.</summary>
    public const int CurrentVersion = 1;
}

/// <summary>One stack under all its names.</summary>
/// <param name="Names">As measured rows and users name it.</param>
/// <param name="Reason">What in its code or manual gives it these traits.</param>
/// <param name="Traits">The traits that differ from an unknown stack's.</param>
/// <param name="Words">Words by which its relatives are known.</param>
public sealed record MemoryStackEntry(
    IReadOnlyList<string> Names, string Reason, MemoryTraits Traits, IReadOnlyList<string>? Words = null);
