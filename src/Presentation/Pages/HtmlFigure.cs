using SlmPlanner.Presentation.Charts;
using SlmPlanner.Presentation.Charts.Drawing;

namespace SlmPlanner.Presentation.Pages;

/// <summary>A chart in a page, drawn once for wide screens and paper and once for phones.</summary>
public static class HtmlFigure
{
    /// <summary>The figure with its title above and its caption below.</summary>
    public static Html Render(Chart chart) => Html.Of($"""
        <figure id="{chart.Name}">
        <h3>{chart.Title}</h3>
        <div class="wide">{Html.Trusted(ChartRenderer.Svg(chart, ChartSize.Wide))}</div>
        <div class="narrow">{Html.Trusted(ChartRenderer.Svg(chart, ChartSize.Narrow))}</div>
        <figcaption>{chart.Caption}</figcaption>
        </figure>

        """);
}
