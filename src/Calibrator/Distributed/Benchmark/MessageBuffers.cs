using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Benchmark;

/// <summary>Zero-filled memory for the largest message and its parts, touched once so that no page faults are timed.</summary>
internal sealed class MessageBuffers : IDisposable
{
    private readonly IMessageMemory _memory;
    private readonly nint _whole;
    private readonly nint _part;
    private readonly ElementType _type;

    /// <summary>Allocates for messages of up to <paramref name="bytes"/>.</summary>
    public MessageBuffers(IMessageMemory memory, long bytes, ElementType type)
    {
        (_memory, _type) = (memory, type);
        _whole = memory.Allocate(bytes);
        _part = memory.Allocate(bytes);
    }

    /// <summary>The operation on a message of <paramref name="bytes"/>.</summary>
    public Collective Collective(CollectiveKind kind, long bytes, int ranks)
    {
        var whole = new DataBuffer(_whole, bytes / _type.Width(), _type);
        var part = new DataBuffer(_part, whole.Count / ranks, _type);
        return kind switch
        {
            CollectiveKind.AllReduce => Collectives.Collective.AllReduce(whole),
            CollectiveKind.ReduceScatter => Collectives.Collective.ReduceScatter(whole, part),
            CollectiveKind.AllGather => Collectives.Collective.AllGather(part, whole),
            CollectiveKind.Broadcast => Collectives.Collective.Broadcast(whole, 0),
            _ => Collectives.Collective.Barrier,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.Free(_whole);
        _memory.Free(_part);
    }
}
