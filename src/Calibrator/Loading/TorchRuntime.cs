using TorchSharp;

namespace SlmPlanner.Calibrator.Loading;

/// <summary>
/// The only door to libtorch. Nothing loads it before <see cref="Load"/>, so that help and refusals cost nothing.
/// </summary>
internal static class TorchRuntime
{
    private static readonly Lazy<bool> Fixed = new(() => NativeLibraryFix.Apply(AppContext.BaseDirectory));

    /// <summary>Loads libtorch and fixes the number of threads (MPI launchers and MKL otherwise lower it silently).</summary>
    /// <param name="threads">Threads inside an operator, ≥ 1.</param>
    public static void Load(int threads)
    {
        _ = Fixed.Value;
        torch.set_num_threads(threads);
    }

    /// <summary>The version of libtorch behind TorchSharp.</summary>
    public static string Version => $"TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, libtorch {torch.__version__}";
}
