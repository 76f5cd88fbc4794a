using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Nccl;

/// <summary>
/// Collectives over NCCL, on device memory, in a stream of their own. bfloat16 is summed by NCCL's own kernels.
/// Compiled and loadable, but not yet run on a GPU.
/// </summary>
internal sealed class NcclCollectives : ICollectives
{
    private readonly nint _comm;
    private readonly CudaStream _stream;
    private readonly bool _ownsStream;

    private NcclCollectives(nint comm, CudaStream stream, bool ownsStream)
    {
        (_comm, _stream, _ownsStream) = (comm, stream, ownsStream);
        NcclCalls.Check(NcclNative.ncclCommUserRank(comm, out var rank), comm, "rank");
        NcclCalls.Check(NcclNative.ncclCommCount(comm, out var size), comm, "size");
        (Rank, Size) = (rank, size);
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public string Library => NcclLibrary.Version;

    /// <summary>Joins the ranks of a host-memory group on their devices: rank 0 draws the unique id and broadcasts it.</summary>
    /// <param name="hosts">The group, usually over MPI.</param>
    /// <param name="device">This rank's device.</param>
    public static unsafe NcclCollectives Join(ICollectives hosts, int device)
    {
        NcclLibrary.Require();
        var stream = new CudaStream(device);
        NcclUniqueId id;
        if (hosts.Rank == 0)
            NcclCalls.Check(NcclNative.ncclGetUniqueId(&id), 0, "unique id");
        hosts.Run(Collective.Broadcast(new DataBuffer((nint)(&id), NcclUniqueId.Size, ElementType.Byte), 0));
        NcclCalls.Check(NcclNative.ncclCommInitRank(out var comm, hosts.Size, id, hosts.Rank), 0, "join");
        return new(comm, stream, ownsStream: true);
    }

    /// <inheritdoc/>
    public void Run(in Collective collective)
    {
        Start(collective).Wait();
        if (collective.Kind == CollectiveKind.Barrier)
            Synchronize();
    }

    /// <inheritdoc/>
    public IPending Start(in Collective collective)
    {
        collective.Check(Size);
        _stream.AfterDefault();
        var (kind, input, output, root) = collective;
        var (from, to, stream) = (input.Address, output.Address, _stream.Handle);
        var type = input.Type switch { ElementType.Float32 => NcclNative.Float32, ElementType.BFloat16 => NcclNative.BFloat16, _ => NcclNative.Byte };
        NcclCalls.Check(kind switch
        {
            CollectiveKind.AllReduce => NcclNative.ncclAllReduce(from, to, (nuint)input.Count, type, NcclNative.Sum, _comm, stream),
            CollectiveKind.ReduceScatter => NcclNative.ncclReduceScatter(from, to, (nuint)output.Count, type, NcclNative.Sum, _comm, stream),
            CollectiveKind.AllGather => NcclNative.ncclAllGather(from, to, (nuint)input.Count, type, _comm, stream),
            CollectiveKind.Broadcast => NcclNative.ncclBroadcast(from, to, (nuint)input.Count, type, root, _comm, stream),
            _ => NcclNative.ncclAllReduce(0, 0, 0, NcclNative.Byte, NcclNative.Sum, _comm, stream),
        }, _comm, $"{kind}");
        return _stream.Mark();
    }

    /// <inheritdoc/>
    public void Synchronize() => _stream.Synchronize();

    /// <inheritdoc/>
    public ICollectives Split(int color)
    {
        NcclCalls.Check(NcclNative.ncclCommSplit(_comm, color, Rank, out var part, 0), _comm, "split");
        return new NcclCollectives(part, _stream, ownsStream: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NcclCalls.Check(NcclNative.ncclCommDestroy(_comm), 0, "end");
        if (_ownsStream)
            _stream.Dispose();
    }
}
