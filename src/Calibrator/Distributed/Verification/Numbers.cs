using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.Mpi;

namespace SlmPlanner.Calibrator.Distributed.Verification;

/// <summary>Known numbers in a group's memory, in one of its formats.</summary>
internal sealed class Numbers : IDisposable
{
    private readonly IMessageMemory _memory;

    /// <summary>Copies the values there.</summary>
    public Numbers(IMessageMemory memory, float[] values, ElementType type)
    {
        _memory = memory;
        Buffer = new(memory.Allocate(values.Length * type.Width()), values.Length, type);
        memory.Write(Buffer.Address, type == ElementType.Float32
            ? MemoryMarshal.AsBytes<float>(values)
            : MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(values, BFloat16Sum.Narrow)));
    }

    /// <summary>Where they are.</summary>
    public DataBuffer Buffer { get; }

    /// <summary>Copies them back.</summary>
    public float[] Read()
    {
        var bytes = new byte[Buffer.Bytes];
        _memory.Read(Buffer.Address, bytes);
        return Buffer.Type == ElementType.Float32
            ? MemoryMarshal.Cast<byte, float>(bytes).ToArray()
            : Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(bytes).ToArray(), BFloat16Sum.Widen);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Free(Buffer.Address);
}
