using System.Globalization;
using System.Text.RegularExpressions;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>Reads what the ranks and <c>mpirun</c> say on standard error about ranks that ended early.</summary>
internal static partial class LauncherMessages
{
    /// <summary>Starts the line by which <see cref="RankShell"/> tells a rank's number and the signal that ended it.</summary>
    public const string SignalMark = "rank-signal:";

    private const int Kill = 9, SignalBase = 128;

    /// <summary>The failure that the text tells of: a rank's one error message, else a signal; null when it tells of none.</summary>
    public static RankFailure? Find(string text)
    {
        if (Error().Match(text) is { Success: true } error)
            return new(FailureKind.Error, null, error.Groups["message"].Value);
        return Signal().Match(text) is { Success: true } signal ? Signalled(signal) : null;
    }

    /// <summary>The failure that the launcher's exit code alone tells of: 128 and a signal, as shells count, or the code itself.</summary>
    public static RankFailure Ended(int code) => code > SignalBase
        ? Signalled(null, code - SignalBase)
        : new(FailureKind.Died, null, $"the ranks ended with exit code {code}");

    private static RankFailure Signalled(Match match) => Signalled(
        int.TryParse(match.Groups["rank"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : null,
        int.Parse(match.Groups["signal"].Value, CultureInfo.InvariantCulture));

    private static RankFailure Signalled(int? rank, int signal) => signal == Kill
        ? new(FailureKind.OutOfMemory, rank, "killed by signal 9, as the kernel does when memory runs out")
        : new(FailureKind.Died, rank, $"ended by signal {signal}");

    [GeneratedRegex(@"^error: (?<message>.+)$", RegexOptions.Multiline)]
    private static partial Regex Error();

    [GeneratedRegex(SignalMark + @" (?<rank>\S+) (?<signal>\d+)")]
    private static partial Regex Signal();
}
