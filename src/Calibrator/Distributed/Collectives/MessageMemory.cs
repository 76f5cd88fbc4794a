using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Distributed.Collectives;

/// <summary>Memory of the kind that a group communicates on: the host's or a device's.</summary>
internal interface IMessageMemory
{
    /// <summary>Zero-filled memory that has been touched.</summary>
    nint Allocate(long bytes);

    /// <summary>Copies bytes from the host into it.</summary>
    void Write(nint address, ReadOnlySpan<byte> bytes);

    /// <summary>Copies bytes out of it to the host.</summary>
    void Read(nint address, Span<byte> bytes);

    /// <summary>Gives it back.</summary>
    void Free(nint address);
}

/// <summary>Page-aligned host memory.</summary>
internal sealed unsafe class HostMemory : IMessageMemory
{
    private const nuint Page = 4096;

    /// <inheritdoc/>
    public nint Allocate(long bytes)
    {
        var memory = NativeMemory.AlignedAlloc((nuint)bytes, Page);
        NativeMemory.Clear(memory, (nuint)bytes);
        return (nint)memory;
    }

    /// <inheritdoc/>
    public void Write(nint address, ReadOnlySpan<byte> bytes) => bytes.CopyTo(new Span<byte>((void*)address, bytes.Length));

    /// <inheritdoc/>
    public void Read(nint address, Span<byte> bytes) => new Span<byte>((void*)address, bytes.Length).CopyTo(bytes);

    /// <inheritdoc/>
    public void Free(nint address) => NativeMemory.AlignedFree((void*)address);
}
