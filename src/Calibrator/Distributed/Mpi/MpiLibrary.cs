using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Loading;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>
/// Finds and loads the MPI library of this machine. OpenMPI's plug-ins look for symbols in the global scope, so it is opened
/// with RTLD_GLOBAL.
/// </summary>
internal static partial class MpiLibrary
{
    private const int LazyGlobal = 0x101;

    private static readonly string[] OpenMpiNames = ["libmpi.so.40", "libmpi.so"];
    private static readonly string[] MpichNames = ["libmpich.so.12", "libmpi.so.12"];
    private static readonly Lazy<MpiHandles?> Loaded = new(Load);

    /// <summary>True when a library could be loaded.</summary>
    public static bool Present => Loaded.Value is not null;

    /// <summary>The handles of the loaded library.</summary>
    /// <exception cref="CollectiveException">None is installed.</exception>
    public static MpiHandles Handles => Loaded.Value
        ?? throw new CollectiveException($"no MPI library found (looked for {string.Join(", ", OpenMpiNames.Concat(MpichNames))}); "
            + $"{MpiSetup.Hint}");

    /// <summary>Name and version in the library's own words, first line.</summary>
    public static unsafe string Version
    {
        get
        {
            _ = Handles;
            var text = stackalloc byte[8192];
            MpiNative.MPI_Get_library_version(text, out _);
            return Marshal.PtrToStringUTF8((nint)text)!.Split('\n', ',')[0].Trim();
        }
    }

    private static MpiHandles? Load()
    {
        var mpichFirst = Environment.GetEnvironmentVariable("PMI_RANK") is not null
            && Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_RANK") is null;
        var names = mpichFirst ? MpichNames.Concat(OpenMpiNames) : OpenMpiNames.Concat(MpichNames);
        var library = names.Select(name => dlopen(name, LazyGlobal)).FirstOrDefault(handle => handle != 0);
        if (library == 0)
            return null;
        FoundLibraries.Add(MpiNative.Name, library);
        return NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _) ? MpiHandles.OpenMpi(library) : MpiHandles.Mpich;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint dlopen(string name, int flags);
}
