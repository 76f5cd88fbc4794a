using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Presentation.Charts;

namespace SlmPlanner.Calibrator.Reporting;

/// <summary>
/// What FlashAttention gains over vanilla attention in a whole step, by the fitted model, over sequence length for several widths.
/// </summary>
internal static class FlashGainChart
{
    private const int TokensPerStep = 4096;
    private static readonly int[] Widths = [256, 512, 1024, 2048];
    private static readonly int[] Lengths = [128, 256, 512, 1024, 2048, 4096];

    /// <summary>The chart; null when no burst ran vanilla attention.</summary>
    public static XyChart? Of(CalibrationResult result)
    {
        var ran = result.State.Fitted.Select(burst => burst.Spec).ToArray();
        if (!ran.Any(spec => spec.Attention == AttentionKind.Vanilla) || !ran.Any(spec => spec.Attention == AttentionKind.Flash))
            return null;
        var precision = ran.GroupBy(spec => spec.Precision).MaxBy(group => group.Count())!.Key;
        var template = ran[0] with { NLayers = 4, GradAccum = 1, Precision = precision, Recomputation = Recomputation.None };
        XySeries[] series =
        [
            .. Widths.Select((width, index) => new XySeries(
                $"width {width}", [.. Lengths.Select(length => new XyPoint(length, Gain(result.Model, template, width, length)))],
                Palette.Of(index))),
        ];
        return new()
        {
            Name = "flash-gain",
            Title = $"FlashAttention's gain in {precision.ToString().ToLowerInvariant()}, by width and sequence length",
            Caption = Caption(series),
            X = new($"sequence length ({TokensPerStep} tokens per step)", AxisScale.PowersOfTwo, value => $"{value:0}"),
            Y = new("vanilla step time over flash step time", AxisScale.Linear, value => $"{value:0.##}×"),
            Limits = [new(false, 1, "no gain")],
            Series = series,
            Labels = [.. series.Select((line, index) =>
                new PointLabel(line.Points[^1], line.Name, Palette.TextOf(index)) { IsLineEnd = true })],
        };
    }

    private static double Gain(MachineModel model, BurstSpec template, int width, int length)
    {
        var spec = template with
        {
            DModel = width,
            NHeads = width / 64,
            NKvHeads = width / 64,
            DFfn = 4 * width,
            SeqLen = length,
            MicroBatch = TokensPerStep / length,
        };
        double Seconds(AttentionKind kind) => model.Predict(spec with { Attention = kind }).Step.TotalSeconds;
        return Seconds(AttentionKind.Vanilla) / Seconds(AttentionKind.Flash);
    }

    private static string Caption(XySeries[] series)
    {
        var points = series.SelectMany(line => line.Points.Select(point => (line.Name, point))).ToArray();
        var best = points.MaxBy(pair => pair.point.Y);
        var worst = points.MinBy(pair => pair.point.Y);
        return $"By the fitted model of 4 blocks: flash attention changes a step most at {best.Name} and {best.point.X:0} tokens "
            + $"({best.point.Y:0.00}×) and least at {worst.Name} and {worst.point.X:0} ({worst.point.Y:0.00}×; below 1 it is slower). "
            + $"On a CPU this says nothing about a GPU.";
    }
}
