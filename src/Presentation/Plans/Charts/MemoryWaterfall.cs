using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Charts;

/// <summary>How the components of one device's memory add up, and the limit.</summary>
internal static class MemoryWaterfall
{
    private const double Gib = 1L << 30;
    private const double ThinMargin = 0.05;

    /// <summary>The chart, or null without a recommendation.</summary>
    public static Chart? Of(PlanResult result)
    {
        if (result.Recommendation is not { Breakdown.MemoryBytes.Count: > 0 } best)
            return null;
        return new BarChart
        {
            Name = "memory",
            Title = $"Where the memory of one {best.Gpu} goes",
            Caption = Caption(best),
            X = new("GiB per GPU", AxisScale.FromZero, Readable.Number),
            Rows = Waterfall.Rows([.. best.Breakdown.MemoryBytes.Select(part =>
                (BreakdownWords.MemoryComponent(part.Name), part.Amount / Gib))], "peak", Readable.Number),
            IsJoined = true,
            Limits = [new(IsVertical: true, best.DeviceMemoryBytes / Gib, $"usable {Readable.Gib(best.DeviceMemoryBytes)}")],
        };
    }

    private static string Caption(Candidate best)
    {
        var largest = best.Breakdown.MemoryBytes.MaxBy(part => part.Amount)!;
        var free = 1 - best.PeakMemoryBytes / best.DeviceMemoryBytes;
        var text = $"The peak of {Readable.Gib(best.PeakMemoryBytes)} leaves {Readable.Percent(free)} of the usable memory free. "
            + $"The largest part is {BreakdownWords.MemoryComponent(largest.Name)},"
            + $" {Readable.Percent(largest.Amount / best.PeakMemoryBytes)} of the peak.";
        return free < ThinMargin ? $"{text} That is a thin margin: be ready to run a smaller micro-batch." : text;
    }
}
