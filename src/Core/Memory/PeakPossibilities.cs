using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory;

/// <summary>What a row's peak may be: one prediction for each kind of stack and each way in which the row may have been run.</summary>
public sealed class PeakPossibilities
{
    private readonly PeakOutlook _outlook;
    private readonly List<(double Probability, Components.MemoryBreakdown Peak, Components.MemoryBreakdown Logged)> _all = [];

    /// <summary>The possibilities of a row.</summary>
    /// <param name="outlook">The stack that it names, or what an unknown one may be.</param>
    /// <param name="ways">How it may have been run, at least one, with the probability of each.</param>
    /// <param name="deviceBytes">Memory of its device that a run can use.</param>
    /// <param name="runnable">How far its open fields are taken to be such that it runs, 0 to 1.</param>
    /// <param name="ofFirstStage">Whether its peak is that of a rank of the first pipeline stage.</param>
    public PeakPossibilities(
        PeakOutlook outlook, IReadOnlyList<(double Probability, TrainingSetup Setup)> ways, double deviceBytes, double runnable,
        bool ofFirstStage = false)
    {
        _outlook = outlook;
        for (var kind = 0; kind < outlook.Kinds.Count; kind++)
        {
            var first = _all.Count;
            double all = 0, kindWeight = 0;
            foreach (var (probability, setup) in ways)
            {
                var peak = outlook.Kinds[kind].Predict(setup);
                var odds = probability * (1 - (runnable * (1 - outlook.Below(peak.Total.Count, deviceBytes))));
                all += odds;
                kindWeight += probability * outlook.WeightsOf(setup)[kind];
                _all.Add((odds, peak, ofFirstStage ? outlook.Kinds[kind].PredictFirstStage(setup) : peak));
            }
            for (var i = first; i < _all.Count; i++)
                _all[i] = (kindWeight * _all[i].Probability / all, _all[i].Peak, _all[i].Logged);
        }
    }

    /// <summary>The median of the predicted peaks of a kind as the row's log would tell them, bytes.</summary>
    public double Median(MemoryKind kind) => Middle([.. Logged(kind)]);

    /// <summary>The median of the predicted peaks of the rank that needs most, bytes of its device.</summary>
    internal double DeviceMedian() => Middle([.. Of(MemoryKind.Device)]);

    /// <summary>The value at which half of the probability is reached.</summary>
    internal static double Middle(IReadOnlyList<(double Probability, double Bytes)> peaks)
    {
        var sum = 0.0;
        foreach (var (probability, bytes) in peaks.OrderBy(peak => peak.Bytes))
        {
            sum += probability;
            if (sum >= 0.5 - 1e-9)
                return bytes;
        }
        return peaks.Max(peak => peak.Bytes);
    }

    /// <summary>The probability, 0 to 1, that it fits into so many bytes.</summary>
    public double FitsProbability(double bytes) => _all.Sum(peak => peak.Probability * _outlook.Below(peak.Peak.Total.Count, bytes));

    /// <summary>The predicted peaks of a kind as the row's log would tell them, with their probabilities, which add up to 1.</summary>
    internal IEnumerable<(double Probability, double Bytes)> Logged(MemoryKind kind) =>
        _all.Select(peak => (peak.Probability, peak.Logged.Of(kind).Count));

    /// <summary>The same of the rank that needs most.</summary>
    internal IEnumerable<(double Probability, double Bytes)> Of(MemoryKind kind) =>
        _all.Select(peak => (peak.Probability, peak.Peak.Of(kind).Count));
}
