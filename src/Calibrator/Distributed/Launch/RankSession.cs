using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.Mpi;
using SlmPlanner.Calibrator.Distributed.Nccl;
using SlmPlanner.Core;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>
/// The life of one rank: join the others, work, leave. A rank that fails writes a <see cref="RankFailure"/> and ends all, so
/// that none waits for it; it must not leave in order, for leaving waits for the others.
/// </summary>
internal static partial class RankSession
{
    /// <summary>Runs the work as the rank that the launcher made this process; as the only rank when there is no launcher.</summary>
    /// <param name="limit">The longest wait in one collective.</param>
    /// <param name="cuda">True to train on GPUs, one per rank of a host; a single rank chooses its own.</param>
    /// <param name="work">Gets the group of all ranks and returns the exit code.</param>
    public static int Run(TimeSpan limit, bool cuda, Func<RankGroup, int> work)
    {
        var place = RankEnvironment.Read(Environment.GetEnvironmentVariable);
        if (place is null or { Size: 1 })
            return work(RankGroup.Solo());
        using var watchdog = new Watchdog(TimeProvider.System, limit, message => End(new(FailureKind.Hung, place.Rank, message)));
        try
        {
            watchdog.Enter("joining the other ranks");
            var host = new WatchedCollectives(MpiWorld.Join(), watchdog);
            var device = cuda ? new WatchedCollectives(NcclCollectives.Join(host, place.LocalRank), watchdog) : null;
            watchdog.Leave();
            var code = work(device is null
                ? RankGroup.OnCpu(host, place.LocalSize)
                : new(host, device, new CudaMemory(), place.LocalSize, place.LocalRank));
            host.Run(Collective.Barrier);
            device?.Dispose();
            host.Dispose();
            return code;
        }
        catch (Exception exception)
        {
            Report(new(Kind(exception), place.Rank, FirstLine(exception)));
            MpiWorld.Abort(exception is InputException ? ExitCode.BadInput : ExitCode.Unexpected);
            throw;
        }
    }

    private static FailureKind Kind(Exception exception) =>
        exception is OutOfMemoryException || exception.Message.Contains("allocate memory", StringComparison.OrdinalIgnoreCase)
            || exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            ? FailureKind.OutOfMemory
            : FailureKind.Error;

    /// <summary>libtorch's messages go on with its call stack.</summary>
    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0];

    private static void Report(RankFailure failure)
    {
        Console.Error.WriteLine(failure.ToLine());
        Console.Error.Flush();
    }

    private static void End(RankFailure failure)
    {
        Report(failure);
        ExitNow(ExitCode.Unexpected);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);
}
