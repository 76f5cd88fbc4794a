namespace SlmPlanner.Core.Performance;

/// <summary>The contract of <c>stacks/*.json</c>.</summary>
/// <param name="SchemaVersion">Version of this format.</param>
/// <param name="Note">How a stack is found, for people.</param>
/// <param name="Stacks">Stacks with rows or with known traits.</param>
/// <param name="Words">What a word in an unknown stack's text says, the most telling first.</param>
public sealed record StackList(int SchemaVersion, string Note, IReadOnlyList<StackEntry> Stacks, IReadOnlyList<StackWord> Words);

/// <summary>A stack.</summary>
/// <param name="Name">Our name.</param>
/// <param name="Family">Its family.</param>
/// <param name="Kernels">Its kernel style without a compiler.</param>
/// <param name="PadsVocabulary">Whether it pads the vocabulary.</param>
/// <param name="Aliases">Other spellings.</param>
/// <param name="Zero1InNode">Whether ZeRO-1 divides optimizer states inside a node unless told otherwise.</param>
/// <param name="Source">Where the traits that are not seen in the measured rows are from, with its date.</param>
public sealed record StackEntry(
    string Name, string Family, string Kernels, bool PadsVocabulary, IReadOnlyList<string> Aliases, bool Zero1InNode = false, string? Source = null);

/// <summary>What a word says.</summary>
/// <param name="Word">A whole word; case does not matter.</param>
/// <param name="Family">The family it points to.</param>
/// <param name="Kernels">The kernel style it points to.</param>
/// <param name="PadsVocabulary">Whether that family pads the vocabulary.</param>
public sealed record StackWord(string Word, string Family, string Kernels, bool PadsVocabulary);
