using System.Collections.Concurrent;
using System.Runtime.Loader;

namespace SlmPlanner.Calibrator.Loading;

/// <summary>
/// Libraries that this program found under one of several names, or inside another library, and which its bindings know by one name
/// of their own. A process asks one resolver for all of them.
/// </summary>
internal static class FoundLibraries
{
    private static readonly ConcurrentDictionary<string, nint> Handles = new();

    static FoundLibraries() => AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => Handles.GetValueOrDefault(name);

    /// <summary>Binds calls to <paramref name="name"/> to a loaded library.</summary>
    public static void Add(string name, nint handle) => Handles[name] = handle;
}
