namespace SlmPlanner.Calibrator.Processes;

/// <summary>
/// The environment of measuring children: threads bound to cores (OpenMP 5.2, OMP_PROC_BIND), which spin shortly before they
/// sleep, so that two of them on one core cannot wait for each other through whole time slices; .NET compiles each method once and
/// collects garbage on the thread that fills the heap, since its background compiler took a tenth of both cores from the first steps; and
/// glibc's malloc set by environment for one purpose (mallopt(3)): fast settings inflate the resident set, exact ones double
/// the time of a step, so time and memory are measured in two processes.
/// </summary>
internal static class ChildEnvironment
{
    /// <summary>.NET's own part: what times calls of a microsecond needs no more.</summary>
    public static IReadOnlyDictionary<string, string> Dotnet { get; } = new Dictionary<string, string>
    {
        ["DOTNET_TieredCompilation"] = "0", ["DOTNET_gcServer"] = "0", ["DOTNET_gcConcurrent"] = "0",
    };

    private static readonly KeyValuePair<string, string>[] Common =
        [new("OMP_PROC_BIND", "true"), new("GOMP_SPINCOUNT", "20000"), .. Dotnet];

    /// <summary>
    /// For time: nothing is mapped or returned block by block, so pages are touched once, and the heap asks for huge pages
    /// (glibc.malloc.hugetlb, glibc manual, "Memory Allocation Tunables"). On a virtual machine a small page's first touch took 7 µs, a
    /// third of all processor time, and two ranks walking page tables slowed each other by a tenth.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Fast { get; } = new Dictionary<string, string>(Common)
    {
        ["MALLOC_MMAP_MAX_"] = "0",
        ["MALLOC_TRIM_THRESHOLD_"] = "100000000000",
        ["MALLOC_TOP_PAD_"] = "67108864",
        ["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1",
    };

    /// <summary>
    /// What ranks take of an environment: its allocator, and .NET's settings. Binding would put the threads of every rank on the same
    /// cores, and how ranks wait is the launcher's to say.
    /// </summary>
    public static IReadOnlyDictionary<string, string> OfRanks(IReadOnlyDictionary<string, string> environment) =>
        environment.Where(variable => !IsOfThreads(variable.Key)).ToDictionary();

    private static bool IsOfThreads(string variable) =>
        variable.StartsWith("OMP_", StringComparison.Ordinal) || variable.StartsWith("GOMP_", StringComparison.Ordinal);

    /// <summary>For memory: every block from 128 KiB is mapped and unmapped on its own, so the resident set follows what is live.</summary>
    public static IReadOnlyDictionary<string, string> Exact { get; } = new Dictionary<string, string>(Common)
    {
        ["MALLOC_MMAP_THRESHOLD_"] = "131072",
        ["MALLOC_TRIM_THRESHOLD_"] = "131072",
    };
}
