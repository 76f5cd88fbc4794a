using System.Xml.Linq;
using SlmPlanner.Planner.Tests.Presentation.Plans;
using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Charts.Drawing;
using SlmPlanner.Presentation.Plans.Charts;

namespace SlmPlanner.Planner.Tests.Presentation;

public sealed class ChartTests
{
    private static readonly IReadOnlyList<Chart> All =
    [
        .. PlanCharts.Of(ExamplePlan.Feasible()),
        Agreement.Of("agreement", "Predicted against measured", "Half lie within 10 %.", "tokens per second", value => value.ToString("F0"),
            [("one", [new(100, 104), new(220, 205)]), ("two", [new(900, 1000)])], tolerance: 0.1),
    ];

    public static TheoryData<string> Names => [.. All.Select(chart => chart.Name)];

    private static Chart Of(string name) => All.Single(chart => chart.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_chart_gives_the_same_picture(string name) =>
        Assert.Equal(ChartRenderer.Png(Of(name), ChartSize.Narrow), ChartRenderer.Png(Of(name), ChartSize.Narrow));

    [Theory]
    [MemberData(nameof(Names))]
    public void An_svg_stands_alone_and_can_be_read_aloud(string name)
    {
        XNamespace svg = "http://www.w3.org/2000/svg";
        var text = ChartRenderer.Svg(Of(name), ChartSize.Narrow);
        Assert.Equal(text, ChartRenderer.Svg(Of(name), ChartSize.Narrow));
        var root = XElement.Parse(text);
        Assert.Equal(Of(name).Title, root.Element(svg + "title")!.Value);
        Assert.Equal(Of(name).Caption, root.Element(svg + "desc")!.Value);
        Assert.Contains(Of(name).X.Label, root.Descendants(svg + "text").Select(element => element.Value));
        Assert.All(root.Descendants(svg + "text"), element => Assert.NotNull(element.Attribute("textLength")));
        Assert.DoesNotContain(root.Descendants().Attributes(), attribute => attribute.Name.LocalName is "id" or "style");
    }

    [Fact]
    public void Text_is_drawn_with_the_font_that_ships() => Assert.InRange(ChartFont.Width("Lato", 100), 150, 250);

    [Fact]
    public void A_waterfall_ends_at_its_sum()
    {
        var rows = Waterfall.Rows([("a", 1), ("b", 2), ("c", 0.5)], "sum", value => $"{value}");
        Assert.Equal([(0, 1), (1, 3), (3, 3.5), (0, 3.5)], rows.Select(row => (row.Start, row.End)));
    }
}
