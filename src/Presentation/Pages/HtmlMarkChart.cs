using System.Globalization;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Charts.Drawing;

namespace SlmPlanner.Presentation.Pages;

/// <summary>
/// A <see cref="MarkChart"/> as SVG in a page, coloured by the page's style sheet. Marks carry their text and group for the page's
/// script; without a script the browser shows the text itself.
/// </summary>
public static class HtmlMarkChart
{
    private const int LeastLeft = 48;
    private const int TickRoom = 14;
    private const double WidthOfDigit = 7.5;
    private const int Right = 16;
    private const int Top = 30;
    private const int Bottom = 46;
    private const int EndRoom = 14;
    private const int TicksAcross = 7;
    private const int TicksUp = 6;
    private const int Colours = 5;
    private const string Plain = "other";

    /// <summary>The figure, drawn once for wide screens and paper and once for phones; nothing without marks.</summary>
    /// <param name="chart">What to draw; null for nothing.</param>
    public static Html Render(MarkChart? chart) => chart is null || chart.Groups.All(group => group.Marks.Count == 0)
        ? default
        : Html.Of($"""
            <div class="wide">{Render(chart, ChartSize.Wide)}</div>
            <div class="narrow">{Render(chart with { Name = chart.Name + "-narrow" }, ChartSize.Narrow)}</div>
            """);

    /// <summary>The figure with its title above and its caption below; nothing without marks.</summary>
    /// <param name="chart">What to draw.</param>
    /// <param name="size">The drawing's size; it scales with the page.</param>
    public static Html Render(MarkChart chart, ChartSize size)
    {
        var points = chart.Groups.SelectMany(group => group.Marks).Select(mark => mark.Point).ToArray();
        if (points.Length == 0)
            return default;
        var frame = Frame.Of(chart, points, size);
        return Html.Of($"""
            <figure class="marks" id="{chart.Name}">
            <h3>{chart.Title}</h3>
            <svg viewBox="0 0 {size.Width} {size.Height}" role="application" tabindex="0" aria-label="{chart.Title}. Arrow keys go from point to point.">
            {Grid(chart, frame, size)}{chart.Bands.Select(band => Band(band, frame))}{Limits(chart, frame)}{Path("front", chart.Front, frame)}{chart.Intervals.Select(interval => Cross(interval, frame))}
            {chart.Groups.Select((group, index) => Group(group, Class(chart, index), frame)).Reverse()}</svg>
            <p class="tip" role="status" hidden="hidden"></p>
            {Legend(chart)}            <figcaption>{chart.Caption}</figcaption>
            </figure>

            """);
    }

    /// <summary>The names of the lines and ranges that have a colour of their own.</summary>
    private static Html Legend(MarkChart chart)
    {
        var lines = chart.Groups.Take(Colours).Select((group, index) => (group.Name, Class: Class(chart, index)))
            .Where(line => line.Class != Plain).ToArray();
        return lines.Length + chart.Bands.Count == 0 ? default : Html.Of($"""
            <ul class="legend">{chart.Bands.Select(band => Html.Of($"<li class=\"{Class(band)}\">{band.Name}</li>"))}{lines.Select(line => Html.Of($"<li class=\"{line.Class}\">{line.Name}</li>"))}{(chart.Groups.Count > Colours && chart.Groups[Colours].IsJoined ? Html.Of($"<li class=\"{Plain}\">others</li>") : default)}</ul>

            """);
    }

    private static string Class(MarkChart chart, int index) => index < Colours && chart.Groups[index].IsJoined ? $"c{index}" : Plain;

    private static Html Group(MarkGroup group, string colour, Frame frame) => Html.Of($"""
        <g class="{colour}" data-group="{group.Name}">
        {(group.IsJoined ? Path("line", [.. group.Marks.Select(mark => mark.Point)], frame) : default)}{group.Marks.Select(mark => Dot(mark, frame))}</g>

        """);

    private static Html Dot(Mark mark, Frame frame) => Html.Of(
        $"<circle class=\"{mark.Kind.ToString().ToLowerInvariant()}\" cx=\"{frame.Across(mark.Point.X)}\" cy=\"{frame.Up(mark.Point.Y)}\" r=\"{Radius(mark.Kind)}\"><title>{mark.Text}</title></circle>\n");

    private static int Radius(MarkKind kind) => kind switch { MarkKind.Chosen => 8, MarkKind.Front => 5, MarkKind.Event => 6,
        MarkKind.Sample => 2, _ => 4 };

    private static string Class(MarkBand band) => band.IsForecast ? "band forecast" : "band";

    private static Html Band(MarkBand band, Frame frame) => Html.Of(
        $"<polygon class=\"{Class(band)}\" points=\"{string.Join(' ', band.Points.Select(point => $"{frame.Across(point.X)},{frame.Up(point.High)}").Concat(band.Points.Reverse().Select(point => $"{frame.Across(point.X)},{frame.Up(point.Low)}")))}\"/>\n");

    private static Html Path(string kind, IReadOnlyList<XyPoint> points, Frame frame) => points.Count < 2
        ? default
        : Html.Of($"<polyline class=\"{kind}\" points=\"{string.Join(' ', points.Select(point => $"{frame.Across(point.X)},{frame.Up(point.Y)}"))}\"/>\n");

    private static Html Cross((XyPoint Point, XyPoint Low, XyPoint High) interval, Frame frame)
    {
        var (x, y) = (frame.Across(interval.Point.X), frame.Up(interval.Point.Y));
        return Html.Of($"<path class=\"whisker\" d=\"M{frame.Across(interval.Low.X)},{y}H{frame.Across(interval.High.X)}M{x},{frame.Up(interval.Low.Y)}V{frame.Up(interval.High.Y)}\"/>\n");
    }

    private static Html Limits(MarkChart chart, Frame frame) => Html.Join(chart.Limits.Select(limit => limit.IsVertical
        ? Html.Of($"<line class=\"limit\" x1=\"{frame.Across(limit.Value)}\" x2=\"{frame.Across(limit.Value)}\" y1=\"{Top}\" y2=\"{frame.Base}\"/><text class=\"limit\" x=\"{frame.Across(limit.Value)}\" y=\"{Top + 8}\" dx=\"-5\" text-anchor=\"end\">{limit.Label}</text>\n")
        : Html.Of($"<line class=\"limit\" x1=\"{frame.Left}\" x2=\"{frame.End}\" y1=\"{frame.Up(limit.Value)}\" y2=\"{frame.Up(limit.Value)}\"/><text class=\"limit\" x=\"{frame.End}\" y=\"{frame.Up(limit.Value)}\" dy=\"-5\" text-anchor=\"end\">{limit.Label}</text>\n")));

    private static Html Grid(MarkChart chart, Frame frame, ChartSize size) => Html.Of($"""
        {frame.X.Ticks(size.IsNarrow ? TicksAcross / 2 : TicksAcross).Select(tick => Html.Of($"<line class=\"grid\" x1=\"{frame.Across(tick)}\" x2=\"{frame.Across(tick)}\" y1=\"{Top}\" y2=\"{frame.Base}\"/><text x=\"{frame.Across(tick)}\" y=\"{frame.Base}\" dy=\"17\" text-anchor=\"middle\">{chart.X.Format(tick)}</text>\n"))}
        {frame.Y.Ticks(TicksUp).Select(tick => Html.Of($"<line class=\"grid\" x1=\"{frame.Left}\" x2=\"{frame.End}\" y1=\"{frame.Up(tick)}\" y2=\"{frame.Up(tick)}\"/><text x=\"{frame.Left - 7}\" y=\"{frame.Up(tick)}\" dy=\"4\" text-anchor=\"end\">{chart.Y.Format(tick)}</text>\n"))}
        <text class="axis" x="{frame.End}" y="{frame.Base}" dy="37" text-anchor="end">{chart.X.Label}</text>
        <text class="axis" x="{frame.Left}" y="13" dx="6">{chart.Y.Label}</text>

        """);

    /// <summary>Where values lie in the drawing.</summary>
    private sealed record Frame(AxisMap X, AxisMap Y, int Left)
    {
        public string Base => Number(Top + Y.Pixels);

        public string End => Number(Left + X.Pixels);

        /// <summary>The frame of a chart: as much room at the left as the longest label of the vertical axis takes.</summary>
        public static Frame Of(MarkChart chart, IReadOnlyList<XyPoint> points, ChartSize size)
        {
            var up = new AxisMap(
                chart.Y.Scale,
                [
                    .. points.Select(point => point.Y), .. Limits(chart, isVertical: false),
                    .. chart.Intervals.SelectMany(one => new[] { one.Low.Y, one.High.Y }),
                    .. chart.Bands.SelectMany(band => band.Points.SelectMany(point => new[] { point.Low, point.High })),
                ],
                size.Height - Top - Bottom, EndRoom, EndRoom);
            var left = Math.Max(LeastLeft, TickRoom
                + (int)Math.Ceiling(WidthOfDigit * up.Ticks(TicksUp).Max(tick => (int?)chart.Y.Format(tick).Length) ?? 0));
            var across = new AxisMap(
                chart.X.Scale,
                [
                    .. points.Select(point => point.X), .. Limits(chart, isVertical: true),
                    .. chart.Intervals.SelectMany(one => new[] { one.Low.X, one.High.X }),
                    .. chart.Bands.SelectMany(band => band.Points.Select(point => point.X)),
                ],
                size.Width - left - Right, EndRoom, EndRoom);
            return new(across, up, left);
        }

        public string Across(double value) => Number(Left + X.Pixel(value));

        public string Up(double value) => Number(Top + Y.Pixels - Y.Pixel(value));

        private static IEnumerable<double> Limits(MarkChart chart, bool isVertical) =>
            chart.Limits.Where(limit => limit.IsVertical == isVertical).Select(limit => limit.Value);

        private static string Number(float pixels) => pixels.ToString("0.#", CultureInfo.InvariantCulture);
    }
}
