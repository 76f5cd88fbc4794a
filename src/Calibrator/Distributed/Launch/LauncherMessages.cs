using System.Globalization;
using System.Text.RegularExpressions;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>Reads what the ranks and <c>mpirun</c> say on standard error about ranks that ended early.</summary>
internal static partial class LauncherMessages
{
    private const int Kill = 9;

    /// <summary>The failure that the text tells of: a rank's one error message, else a signal; null when it tells of none.</summary>
    public static RankFailure? Find(string text)
    {
        if (Error().Match(text) is { Success: true } error)
            return new(FailureKind.Error, null, error.Groups["message"].Value);
        return Signal().Match(text) is { Success: true } signal ? Signalled(signal) : null;
    }

    private static RankFailure Signalled(Match match)
    {
        var rank = int.Parse(match.Groups["rank"].Value, CultureInfo.InvariantCulture);
        var signal = int.Parse(match.Groups["signal"].Value, CultureInfo.InvariantCulture);
        return signal == Kill
            ? new(FailureKind.OutOfMemory, rank, "killed by signal 9, as the kernel does when memory runs out")
            : new(FailureKind.Died, rank, $"ended by signal {signal} ({match.Groups["name"].Value})");
    }

    [GeneratedRegex(@"^error: (?<message>.+)$", RegexOptions.Multiline)]
    private static partial Regex Error();

    [GeneratedRegex(@"process rank (?<rank>\d+)[\s\S]{0,200}?exited on\s+signal (?<signal>\d+) \((?<name>[^)]*)\)")]
    private static partial Regex Signal();
}
