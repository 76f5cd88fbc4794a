using TorchSharp;

namespace SlmPlanner.Calibrator.Loading;

/// <summary>
/// The only door to libtorch. Nothing loads it before <see cref="Load"/>, so that help and refusals cost nothing.
/// </summary>
internal static class TorchRuntime
{
    private static readonly Lazy<bool> Fixed = new(Prepare);

    /// <summary>
    /// Loads libtorch without its math fallback for attention, which no burst may fall into unseen, and fixes the number of threads
    /// (MPI launchers and MKL otherwise lower it silently).
    /// </summary>
    /// <param name="threads">Threads inside an operator, ≥ 1.</param>
    public static void Load(int threads)
    {
        _ = Fixed.Value;
        torch.set_num_threads(threads);
    }

    /// <summary>What is set once for the whole process.</summary>
    private static bool Prepare()
    {
        var isPatched = NativeLibraryFix.Apply(AppContext.BaseDirectory);
        torch.backends.cuda.enable_math_sdp(false);
        return isPatched;
    }

    /// <summary>The version of libtorch behind TorchSharp.</summary>
    public static string Version => $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, libtorch {torch.__version__}";
}
