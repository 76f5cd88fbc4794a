using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>
/// Collectives over an MPI communicator, on host memory. Reduce-scatter is an all-to-all and a local sum: OpenMPI 4.1's own
/// reduce-scatter is slower than its all-reduce, and this one sums in rank order.
/// </summary>
internal sealed class MpiCollectives : ICollectives
{
    private readonly MpiHandles _mpi = MpiLibrary.Handles;
    private readonly nint _comm;
    private readonly nint _bFloat16Sum;
    private readonly bool _endsMpi;
    private readonly ScratchPool _scratch = new();

    /// <summary>Takes over a communicator; disposing frees it, or ends MPI when it is the world.</summary>
    public MpiCollectives(nint comm, nint bFloat16Sum, bool endsMpi)
    {
        _comm = comm;
        _bFloat16Sum = bFloat16Sum;
        _endsMpi = endsMpi;
        MpiCalls.Check(MpiNative.MPI_Comm_set_errhandler(comm, _mpi.ErrorsReturn), "error handler");
        MpiCalls.Check(MpiNative.MPI_Comm_rank(comm, out var rank), "rank");
        MpiCalls.Check(MpiNative.MPI_Comm_size(comm, out var size), "size");
        (Rank, Size) = (rank, size);
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public string Library => MpiLibrary.Version;

    /// <inheritdoc/>
    public void Run(in Collective collective)
    {
        collective.Check(Size);
        var (kind, input, output, root) = collective;
        var type = _mpi.Type(input.Type);
        var count = MpiCalls.Count(kind == CollectiveKind.ReduceScatter ? output.Count : input.Count);
        if (kind == CollectiveKind.ReduceScatter)
        {
            var parts = _scratch.Rent(input.Bytes);
            MpiCalls.Check(MpiNative.MPI_Alltoall(input.Address, count, type, parts, count, type, _comm), kind);
            Sum(output, parts);
            return;
        }
        MpiCalls.Check(kind switch
        {
            CollectiveKind.AllReduce => MpiNative.MPI_Allreduce(_mpi.InPlace, output.Address, count, type, Op(input.Type), _comm),
            CollectiveKind.AllGather => MpiNative.MPI_Allgather(Source(input, output), count, type, output.Address, count, type, _comm),
            CollectiveKind.Broadcast => MpiNative.MPI_Bcast(input.Address, count, type, root, _comm),
            _ => MpiNative.MPI_Barrier(_comm),
        }, kind);
    }

    /// <inheritdoc/>
    public IPending Start(in Collective collective)
    {
        collective.Check(Size);
        var (kind, input, output, root) = collective;
        var type = _mpi.Type(input.Type);
        var count = MpiCalls.Count(kind == CollectiveKind.ReduceScatter ? output.Count : input.Count);
        var parts = kind == CollectiveKind.ReduceScatter ? _scratch.Rent(input.Bytes) : 0;
        nint request = 0;
        MpiCalls.Check(kind switch
        {
            CollectiveKind.AllReduce => MpiNative.MPI_Iallreduce(_mpi.InPlace, output.Address, count, type, Op(input.Type), _comm,
                ref request),
            CollectiveKind.ReduceScatter => MpiNative.MPI_Ialltoall(input.Address, count, type, parts, count, type, _comm, ref request),
            CollectiveKind.AllGather => MpiNative.MPI_Iallgather(
                Source(input, output), count, type, output.Address, count, type, _comm, ref request),
            CollectiveKind.Broadcast => MpiNative.MPI_Ibcast(input.Address, count, type, root, _comm, ref request),
            _ => MpiNative.MPI_Ibarrier(_comm, ref request),
        }, kind);
        return new MpiPending(request, kind, kind == CollectiveKind.ReduceScatter ? () => Sum(output, parts) : null);
    }

    /// <inheritdoc/>
    public void Synchronize()
    {
    }

    /// <inheritdoc/>
    public ICollectives Split(int color)
    {
        nint part = 0;
        MpiCalls.Check(MpiNative.MPI_Comm_split(_comm, color, Rank, ref part), "split");
        return new MpiCollectives(part, _bFloat16Sum, endsMpi: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scratch.Dispose();
        var comm = _comm;
        MpiCalls.Check(_endsMpi ? MpiNative.MPI_Finalize() : MpiNative.MPI_Comm_free(ref comm), "end");
    }

    private nint Op(ElementType type) => type == ElementType.BFloat16 ? _bFloat16Sum : _mpi.Sum;

    private nint Source(DataBuffer shard, DataBuffer whole) =>
        shard.Address == whole.Slice(Rank * shard.Count, shard.Count).Address ? _mpi.InPlace : shard.Address;

    private void Sum(DataBuffer shard, nint parts)
    {
        ShardSum.Into(shard, parts, Size);
        _scratch.Return(parts);
    }
}
