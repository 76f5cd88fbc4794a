using System.Runtime.InteropServices;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>Receive buffers that are used again: fresh pages for each call would cost more than the copy.</summary>
internal sealed unsafe class ScratchPool : IDisposable
{
    private readonly Dictionary<nint, long> _sizes = [];
    private readonly List<nint> _free = [];

    /// <summary>A buffer of at least <paramref name="bytes"/>, the smallest free one that is not more than twice as large.</summary>
    public nint Rent(long bytes)
    {
        var fitting = _free.Where(buffer => _sizes[buffer] >= bytes && _sizes[buffer] <= 2 * bytes).OrderBy(buffer => _sizes[buffer])
            .FirstOrDefault();
        if (fitting != 0)
        {
            _free.Remove(fitting);
            return fitting;
        }
        var fresh = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 64), 64);
        _sizes[fresh] = Math.Max(bytes, 64);
        return fresh;
    }

    /// <summary>Gives a buffer back.</summary>
    public void Return(nint buffer) => _free.Add(buffer);

    /// <summary>Frees all buffers.</summary>
    public void Dispose()
    {
        foreach (var buffer in _sizes.Keys)
            NativeMemory.AlignedFree((void*)buffer);
        _sizes.Clear();
        _free.Clear();
    }
}
