using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Devices;

namespace SlmPlanner.Calibrator.Processes;

/// <summary>
/// Memory that later steps may need beyond the first one's. The heap is in pieces after a step, so the next ones still grow it now and
/// then, and each new page waits for the kernel, on a virtual machine for its host too: single steps took twice the others. Touched
/// between two steps and given back to the heap, it costs no timed step anything.
/// </summary>
internal static unsafe class HeapReserve
{
    /// <summary>Reserve over what one step used: as large as all of it, it fits into no hole of the heap and so extends it.</summary>
    private const double Share = 1;

    /// <summary>No more than this of what the machine has free, for each rank of a host.</summary>
    private const double MostOfAvailable = 0.2;

    private const int PageBytes = 4096;

    /// <summary>Touches the reserve; does nothing where memory is short or its amount unknown.</summary>
    /// <param name="usedBytes">What one step used.</param>
    /// <param name="ranksPerHost">Ranks that share the host's memory.</param>
    public static void Touch(double usedBytes, int ranksPerHost)
    {
        var bytes = Math.Min(Share * usedBytes, MostOfAvailable * (HostMemory.AvailableBytes() ?? 0) / ranksPerHost);
        if (bytes < PageBytes || Allocate((nuint)bytes) is not { } block)
            return;
        for (nuint at = 0; at < (nuint)bytes; at += PageBytes)
            ((byte*)block)[at] = 1;
        NativeMemory.Free((void*)block);
    }

    private static nint? Allocate(nuint bytes)
    {
        try
        {
            return (nint)NativeMemory.Alloc(bytes);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }
}
