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
