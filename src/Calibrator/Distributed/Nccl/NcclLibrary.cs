using System.Globalization;
using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Gpu;
using SlmPlanner.Calibrator.Loading;

namespace SlmPlanner.Calibrator.Distributed.Nccl;

/// <summary>Finds NCCL: inside libtorch_cuda, which usually carries it, or as a library of its own.</summary>
internal static class NcclLibrary
{
    private const string Probe = "ncclGetVersion";
    private static readonly string[] Names = ["libtorch_cuda.so", "libnccl.so.2", "libnccl.so"];
    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>True when NCCL was found.</summary>
    public static bool Present => Loaded.Value;

    /// <summary>The version, as NCCL 2.x.y.</summary>
    /// <exception cref="CollectiveException">NCCL is not here.</exception>
    public static string Version
    {
        get
        {
            Require();
            NcclCalls.Check(NcclDriver.ncclGetVersion(out var version), 0, "version");
            return string.Create(CultureInfo.InvariantCulture, $"NCCL {version / 10000}.{version / 100 % 100}.{version % 100}");
        }
    }

    /// <summary>Refuses where NCCL is not here.</summary>
    public static void Require()
    {
        if (!Present)
            throw new CollectiveException($"no NCCL found (looked in {string.Join(", ", Names)}); it comes with the CUDA build of "
                + $"libtorch");
    }

    private static bool Load()
    {
        foreach (var name in Names)
        {
            if (!NativeLibrary.TryLoad(name, typeof(NcclLibrary).Assembly, null, out var library)
                || !NativeLibrary.TryGetExport(library, Probe, out _))
                continue;
            FoundLibraries.Add(NcclDriver.Name, library);
            return true;
        }
        return false;
    }
}
