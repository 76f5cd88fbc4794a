using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Gpu;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Distributed.Nccl;

/// <summary>
/// Collectives over NCCL, on device memory, in a stream of their own. bfloat16 is summed by NCCL's own kernels.
/// Run against a fake library (tests/Calibrator.Tests/FakeGpu), not yet on a GPU.
/// </summary>
internal sealed class NcclCollectives : ICollectives
{
    private readonly nint _comm;
    private readonly CudaStream _stream;
    private readonly bool _ownsStream;
    private readonly CudaMemory _memory = new();

    /// <summary>
    /// What a barrier sums: NCCL discards a collective of no elements, so that it would wait for nobody (its <c>taskAppend</c>).
    /// </summary>
    private readonly nint _barrier;

    private NcclCollectives(nint comm, CudaStream stream, bool ownsStream)
    {
        (_comm, _stream, _ownsStream) = (comm, stream, ownsStream);
        NcclCalls.Check(NcclDriver.ncclCommUserRank(comm, out var rank), comm, "rank");
        NcclCalls.Check(NcclDriver.ncclCommCount(comm, out var size), comm, "size");
        (Rank, Size) = (rank, size);
        _barrier = _memory.Allocate(sizeof(float));
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
        nint comm = 0;
        try
        {
            NcclUniqueId id;
            if (hosts.Rank == 0)
                NcclCalls.Check(NcclDriver.ncclGetUniqueId(&id), 0, "unique id");
            hosts.Run(Collective.Broadcast(new DataBuffer((nint)(&id), NcclUniqueId.Size, ElementType.Byte), 0));
            NcclCalls.Check(NcclDriver.ncclCommInitRank(out comm, hosts.Size, id, hosts.Rank), 0, "join");
            return new(comm, stream, ownsStream: true);
        }
        catch (CollectiveException)
        {
            if (comm != 0)
                _ = NcclDriver.ncclCommDestroy(comm);
            stream.Dispose();
            throw;
        }
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
        var type = input.Type switch { ElementType.Float32 => NcclDriver.Float32, ElementType.BFloat16 => NcclDriver.BFloat16,
            _ => NcclDriver.Byte };
        NcclCalls.Check(kind switch
        {
            CollectiveKind.AllReduce => NcclDriver.ncclAllReduce(from, to, (nuint)input.Count, type, NcclDriver.Sum, _comm, stream),
            CollectiveKind.ReduceScatter => NcclDriver.ncclReduceScatter(from, to, (nuint)output.Count, type, NcclDriver.Sum, _comm,
                stream),
            CollectiveKind.AllGather => NcclDriver.ncclAllGather(from, to, (nuint)input.Count, type, _comm, stream),
            CollectiveKind.Broadcast => NcclDriver.ncclBroadcast(from, to, (nuint)input.Count, type, root, _comm, stream),
            _ => NcclDriver.ncclAllReduce(_barrier, _barrier, 1, NcclDriver.Float32, NcclDriver.Sum, _comm, stream),
        }, _comm, $"{kind}");
        return _stream.Mark();
    }

    /// <inheritdoc/>
    public void Synchronize() => _stream.Synchronize();

    /// <inheritdoc/>
    public ICollectives Split(int color)
    {
        NcclCalls.Check(NcclDriver.ncclCommSplit(_comm, color, Rank, out var part, 0), _comm, "split");
        return new NcclCollectives(part, _stream, ownsStream: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Synchronize();
        _memory.Free(_barrier);
        NcclCalls.Check(NcclDriver.ncclCommDestroy(_comm), 0, "end");
        if (_ownsStream)
            _stream.Dispose();
    }
}
