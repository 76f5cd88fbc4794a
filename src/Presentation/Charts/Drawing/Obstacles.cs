namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>Marks what series and limits cover, so that labels stay off them where they can.</summary>
internal static class Obstacles
{
    private const float Spacing = 8;

    /// <summary>Pixels kept free about a point.</summary>
    private const float Air = 2;

    /// <summary>Adds the points and, where they are joined, the line.</summary>
    public static void Add(LabelPlacement labels, IReadOnlyList<(float X, float Y)> points, XySeries series)
    {
        var half = series.MarkerSize / 2 + Air;
        foreach (var (x, y) in points)
            labels.Avoid(Square(x, y, half));
        if (series.LineWidth == 0)
            return;
        foreach (var (from, to) in points.Zip(points.Skip(1)))
            AddLine(labels, from, to);
    }

    /// <summary>Adds a straight line, its ends aside.</summary>
    public static void AddLine(LabelPlacement labels, (float X, float Y) from, (float X, float Y) to)
    {
        var steps = (int)(MathF.Sqrt(Squared(to.X - from.X) + Squared(to.Y - from.Y)) / Spacing);
        for (var step = 1; step < steps; step++)
            labels.Avoid(Square(from.X + (to.X - from.X) * step / steps, from.Y + (to.Y - from.Y) * step / steps, 2));
    }

    private static LabelPlacement.Box Square(float x, float y, float half) => new(x - half, y - half, x + half, y + half);

    private static float Squared(float value) => value * value;
}
