namespace SlmPlanner.Calibrator.Tests.Runs;

/// <summary>Another program that takes one of two cores for a third of the time, at random moments.</summary>
internal sealed class Competitor(int seed)
{
    private const double MeanOnSeconds = 1.5, MeanOffSeconds = 3;

    /// <summary>A step that shares one of its cores goes on at half its pace, and caches are shared too.</summary>
    private const double Pace = 0.48;
    private readonly Random _random = new(seed);
    private readonly List<(double From, double To)> _busy = [];
    private double _known;

    /// <summary>When work ends that needs some seconds of a quiet machine, and how long it waited for a core.</summary>
    public (double End, double Waited) Run(double from, double seconds)
    {
        var (now, left, waited) = (from, seconds, 0.0);
        while (left > 1e-12)
        {
            var (isBusy, until) = At(now);
            var pace = isBusy ? Pace : 1;
            var span = Math.Min(left / pace, until - now);
            left -= span * pace;
            waited += isBusy ? span / 2 : 0;
            now += Math.Max(span, 1e-9);
        }
        return (now, waited);
    }

    /// <summary>Share of a span in which it was at work.</summary>
    public double Share(double from, double to)
    {
        At(to);
        return _busy.Sum(span => Math.Max(0, Math.Min(to, span.To) - Math.Max(from, span.From))) / (to - from);
    }

    private (bool IsBusy, double Until) At(double time)
    {
        while (_known <= time)
        {
            var from = _known + Exponential(MeanOffSeconds);
            _known = from + Exponential(MeanOnSeconds);
            _busy.Add((from, _known));
        }
        var span = _busy.First(span => span.To > time);
        return span.From > time ? (false, span.From) : (true, span.To);
    }

    private double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());
}
