using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Core.Planning.Tracking;

/// <summary>A run beside one that was learned, at the same number of tokens.</summary>
/// <param name="Id">The learned run's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tokens">The tokens up to which both tell a loss; null where they tell none in common.</param>
/// <param name="Loss">Mean training loss over the last tenth of those tokens, nats per token; null likewise.</param>
/// <param name="LearnedLoss">The learned run's at the same tokens; null likewise.</param>
/// <param name="TokensPerSPerGpu">Tokens per second and GPU now.</param>
/// <param name="LearnedTokensPerSPerGpu">The learned run's, steady; null where it tells none.</param>
public sealed record LikeRun(
    string Id, string Name, double? Tokens, double? Loss, double? LearnedLoss, double TokensPerSPerGpu, double? LearnedTokensPerSPerGpu)
{
    private const double LastTenth = 0.9;

    /// <summary>A run beside a learned one.</summary>
    /// <param name="course">How the run went so far.</param>
    /// <param name="rate">Its tokens per second and GPU now.</param>
    /// <param name="learned">How the learned run went.</param>
    /// <param name="id">The learned run's id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="learnedRate">Its tokens per second and GPU; null where it tells none.</param>
    public static LikeRun Of(
        IReadOnlyList<CoursePoint> course, double rate, RunCurve learned, string id, string name, double? learnedRate)
    {
        var common = course.Where(point => double.IsFinite(point.Loss)).Select(point => (point.Tokens, point.Loss,
            Learned: learned.LossAt(point.Tokens))).Where(point => point.Learned is not null).ToList();
        double? last = common.Count > 0 ? common.Max(point => point.Tokens) : null;
        var end = common.Where(point => point.Tokens >= LastTenth * last).ToList();
        return new(id, name, last, end.Count > 0 ? end.Average(point => point.Loss) : null,
            end.Count > 0 ? end.Average(point => point.Learned!.Value) : null, rate, learnedRate);
    }
}
