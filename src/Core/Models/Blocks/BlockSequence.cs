using System.Collections;

namespace SlmPlanner.Core.Models.Blocks;

/// <summary>Equal blocks that follow each other.</summary>
/// <param name="Block">What each of them is.</param>
/// <param name="Count">How many, ≥ 1.</param>
public readonly record struct BlockRun(Block Block, int Count);

/// <summary>The blocks of a decoder from the first to the last, as runs of equal ones. Two sequences of equal runs are equal.</summary>
public sealed class BlockSequence : IReadOnlyList<BlockRun>, IEquatable<BlockSequence>
{
    private readonly List<BlockRun> _runs = [];

    /// <summary>Joins neighbours that are equal.</summary>
    /// <param name="blocks">The blocks in their order; at least one.</param>
    public BlockSequence(IEnumerable<Block> blocks)
    {
        foreach (var block in blocks)
        {
            if (_runs.Count > 0 && _runs[^1].Block == block)
                _runs[^1] = _runs[^1] with { Count = _runs[^1].Count + 1 };
            else
                _runs.Add(new(block, 1));
        }
    }

    /// <summary>The runs as they were written.</summary>
    public BlockSequence(IEnumerable<BlockRun> runs) => _runs.AddRange(runs);

    /// <summary>So many equal blocks.</summary>
    public BlockSequence(Block block, int count) => _runs.Add(new(block, count));

    /// <inheritdoc/>
    public int Count => _runs.Count;

    /// <summary>Blocks in all.</summary>
    public int Layers => _runs.Sum(run => run.Count);

    /// <inheritdoc/>
    public BlockRun this[int index] => _runs[index];

    /// <summary>Each different block with how often it occurs, in the order of its first occurrence.</summary>
    public IReadOnlyList<BlockRun> Kinds =>
        [.. _runs.GroupBy(run => run.Block).Select(kind => new BlockRun(kind.Key, kind.Sum(run => run.Count)))];

    /// <inheritdoc/>
    public bool Equals(BlockSequence? other) => other is not null && _runs.SequenceEqual(other._runs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as BlockSequence);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_runs.Count, _runs[0]);

    /// <summary>The runs as text that is the same wherever they are: part of a plan's id.</summary>
    public override string ToString() => string.Join("; ", _runs.Select(run => FormattableString.Invariant($"{run.Count} × {run.Block}")));

    /// <inheritdoc/>
    public IEnumerator<BlockRun> GetEnumerator() => _runs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
