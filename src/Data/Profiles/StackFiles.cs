using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Profiles;

/// <summary>
/// Reads what is known of software stacks: <c>stacks/*.json</c> of every layer, and <c>memory.json</c> of the first version.
/// </summary>
internal static class StackFiles
{
    private const int CurrentVersion = 2;

    /// <summary>The stacks of a store.</summary>
    /// <exception cref="InputException">A file is malformed or of another version.</exception>
    public static SoftwareStackCatalog Read(ProfileStore store)
    {
        (IEnumerable<StackEntry> Entries, IEnumerable<StackWord> Words)[] files =
        [
            .. store.All("stacks", "*.json").Select(ReadStacks),
            .. store.All("", "memory.json").Select(ReadFirstMemory),
        ];
        return new(files.SelectMany(file => file.Entries), files.SelectMany(file => file.Words));
    }

    private static (IEnumerable<StackEntry>, IEnumerable<StackWord>) ReadStacks(string path)
    {
        if (JsonFile.Version(path) == FormatVersion.OfDataFiles)
            return ReadFirstStacks(path);
        var list = JsonFile.Read(path, StackJson.Default.SoftwareStackList, CurrentVersion);
        return (
            list.Stacks.Select(stack => new StackEntry(
                stack.Name, [stack.Name, .. stack.Aliases], stack.Time, stack.Memory ?? MemoryOf(stack.MemoryOf, stack.Name),
                stack.FittedAs,
                stack.MemoryOf)),
            list.Words.Select(word => new StackWord(
                word.Word, word.Time, MemoryOf(word.MemoryOf, word.Word), word.MemoryOf, word.Kernels)));

        MemoryTraits? MemoryOf(string? name, string of) => name is null ? null
            : list.Stacks.FirstOrDefault(stack => stack.Name == name)?.Memory
                ?? throw new InputException($"{path}: the memory_of '{of}' is '{name}', which is no stack with memory");
    }

    private static (IEnumerable<StackEntry>, IEnumerable<StackWord>) ReadFirstStacks(string path)
    {
        var list = JsonFile.Read(path, StackJson.Default.FirstStackList, FormatVersion.OfDataFiles);
        return (
            list.Stacks.Select(stack => new StackEntry(
                stack.Name, [stack.Name, .. stack.Aliases], Time(stack.Family, stack.Kernels, stack.PadsVocabulary, stack.Zero1InNode))),
            list.Words.Select(word => new StackWord(word.Word, Time(word.Family, word.Kernels, word.PadsVocabulary))));

        static StackTime Time(string family, string kernels, bool padsVocabulary, bool zero1InNode = false) =>
            new() { Family = family, Kernels = kernels, PadsVocabulary = padsVocabulary, Zero1InNode = zero1InNode };
    }

    private static (IEnumerable<StackEntry>, IEnumerable<StackWord>) ReadFirstMemory(string path)
    {
        var list = JsonFile.Read(path, StackJson.Default.FirstMemoryList, FormatVersion.OfDataFiles);
        return (
            list.Stacks.Select(stack => new StackEntry(stack.Names[0], stack.Names, null, stack.Traits)),
            list.Stacks.SelectMany(stack => (stack.Words ?? []).Select(word => new StackWord(word, null, stack.Traits, stack.Names[0]))));
    }
}

/// <summary>The contract of <c>stacks/*.json</c>.</summary>
/// <param name="SchemaVersion">Version of this format.</param>
/// <param name="Note">How a stack is found, for people.</param>
/// <param name="Stacks">Stacks with rows or with known facts.</param>
/// <param name="Words">What a word in an unknown stack's text says, the most telling first.</param>
internal sealed record SoftwareStackList(
    int SchemaVersion, string Note, IReadOnlyList<StackFileEntry> Stacks, IReadOnlyList<StackFileWord> Words);

/// <summary>A stack.</summary>
/// <param name="Name">Our name.</param>
/// <param name="Aliases">Other spellings.</param>
/// <param name="Sources">Where the facts are from.</param>
/// <param name="Time">What time shows; absent where its words say it.</param>
/// <param name="Memory">What memory shows; absent where it is not known, or that of another stack.</param>
/// <param name="FittedAs">The stack whose rows it counts with.</param>
/// <param name="MemoryOf">The stack of this file whose memory it has.</param>
internal sealed record StackFileEntry(
    string Name, IReadOnlyList<string> Aliases, IReadOnlyList<StackSource> Sources, StackTime? Time = null,
    MemoryTraits? Memory = null, string? FittedAs = null, string? MemoryOf = null);

/// <summary>Where facts of a stack are from.</summary>
/// <param name="Of">Which facts: <c>time</c>, <c>memory</c> or a field's name.</param>
/// <param name="Text">The source and what it says.</param>
/// <param name="Date">The day it was read.</param>
internal sealed record StackSource(string Of, string Text, DateOnly Date);

/// <summary>What a word says.</summary>
/// <param name="Word">A whole word; case does not matter.</param>
/// <param name="Time">What time shows of stacks with it; absent where another of their words says it.</param>
/// <param name="MemoryOf">The stack of this file whose memory those stacks have.</param>
/// <param name="Kernels">True for a library of fused kernels, which a row's notes may name whatever its stack.</param>
internal sealed record StackFileWord(string Word, StackTime? Time = null, string? MemoryOf = null, bool Kernels = false);

/// <summary>The first version of <c>stacks/*.json</c>.</summary>
internal sealed record FirstStackList(
    int SchemaVersion, string Note, IReadOnlyList<FirstStackEntry> Stacks, IReadOnlyList<FirstStackWord> Words);

/// <summary>A stack in the first version.</summary>
internal sealed record FirstStackEntry(
    string Name, string Family, string Kernels, bool PadsVocabulary, IReadOnlyList<string> Aliases, bool Zero1InNode = false,
    string? Source = null);

/// <summary>A word in the first version.</summary>
internal sealed record FirstStackWord(string Word, string Family, string Kernels, bool PadsVocabulary);

/// <summary><c>memory.json</c>, which had the memory's facts before <c>stacks/*.json</c> took them in.</summary>
internal sealed record FirstMemoryList(int SchemaVersion, string Source, string Date, IReadOnlyList<FirstMemoryEntry> Stacks);

/// <summary>One stack under all its names in <c>memory.json</c>.</summary>
internal sealed record FirstMemoryEntry(IReadOnlyList<string> Names, string Reason, MemoryTraits Traits, IReadOnlyList<string>? Words =
    null);

/// <summary>Strict contracts of stack files: snake_case, unknown members are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(SoftwareStackList))]
[JsonSerializable(typeof(FirstStackList))]
[JsonSerializable(typeof(FirstMemoryList))]
internal sealed partial class StackJson : JsonSerializerContext;
