using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Charts;

/// <summary>Tokens per dollar against the number of GPUs, one line per GPU type.</summary>
internal static class GpuCountChart
{
    /// <summary>The chart, or null without points.</summary>
    public static XyChart? Of(PlanResult result)
    {
        var types = Types(result);
        if (types.Length == 0)
            return null;
        var chosen = types.FirstOrDefault(type => type.Gpu == result.Recommendation?.Gpu);
        var coloured = types.Where(type => type != chosen).Take(Palette.Count).ToArray();
        var others = types.Where(type => type != chosen).Skip(Palette.Count).ToArray();
        var labelled = coloured.Select((type, index) => (Type: type, Color: Palette.Of(index), Text: Palette.TextOf(index))).ToList();
        if (chosen is not null)
            labelled.Add((chosen, Palette.Vermillion, Palette.VermillionText));
        return new XyChart
        {
            Name = "tokens-per-dollar-by-gpu-count",
            Title = "Tokens per dollar against the number of GPUs",
            Caption = Caption(types, others.Length),
            X = new("GPUs", AxisScale.PowersOfTwo, Readable.Number),
            Y = new("tokens per USD", AxisScale.FromZero, Readable.Count),
            Series =
            [
                .. others.Select(type => new XySeries(type.Gpu, type.Points, Palette.Muted) { LineWidth = 1, MarkerSize = 3 }),
                .. labelled.Select(line => new XySeries(line.Type.Gpu, line.Type.Points, line.Color)),
            ],
            Labels = [.. labelled.OrderByDescending(line => line.Type.Points[^1].Y)
                .Select(line => Label(line.Type, line.Text, line.Type == chosen))],
        };
    }

    private sealed record GpuType(string Gpu, IReadOnlyList<XyPoint> Points)
    {
        public XyPoint Best => Points.MaxBy(point => point.Y);
    }

    private static PointLabel Label(GpuType type, string color, bool isChosen) =>
        new(type.Points[^1], type.Gpu, color, isChosen) { IsLineEnd = true };

    private static GpuType[] Types(PlanResult result) =>
    [
        .. result.Curves.TokensPerUsdByGpuCount
            .GroupBy(point => point.Gpu)
            .Select(group => new GpuType(group.Key,
                [.. group.OrderBy(point => point.Gpus).Select(point => new XyPoint(point.Gpus, point.TokensPerUsd))]))
            .OrderByDescending(type => type.Best.Y),
    ];

    private static string Caption(GpuType[] types, int others)
    {
        var best = types[0];
        var (first, last) = (best.Points[0], best.Points[^1]);
        var text = $"{best.Gpu} trains most per dollar: {Readable.Count(best.Best.Y)} tokens on {Readable.Number(best.Best.X)}"
            + $" GPU{(best.Best.X > 1 ? "s" : "")}.";
        if (last.X > first.X)
            text += $" From {Readable.Number(first.X)} to {Readable.Number(last.X)} GPUs it {(last.Y < first.Y ? "loses" : "gains")}"
                + $" {Readable.Percent(Math.Abs(last.Y / first.Y - 1))} of that.";
        return others > 0 ? $"{text} Grey: {others} further types." : text;
    }
}
