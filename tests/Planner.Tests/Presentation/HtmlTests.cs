using System.Xml.Linq;
using CsCheck;
using SlmPlanner.Presentation.Pages;
using SlmPlanner.Presentation.Tables;

namespace SlmPlanner.Planner.Tests.Presentation;

public sealed class HtmlTests
{
    private static readonly Gen<string> AnyText = Gen.Char[' ', '~'].Array[0, 40].Select(characters => new string(characters));

    [Fact]
    public void Text_in_a_template_never_becomes_markup() =>
        AnyText.Sample(text => Assert.Equal(text,
            XElement.Parse(Html.Of($"<p title=\"{text}\">{text}</p>").ToString(), LoadOptions.PreserveWhitespace).Value));

    [Fact]
    public void Text_in_an_attribute_stays_in_it() =>
        AnyText.Sample(text => Assert.Equal(text.Trim(),
            XElement.Parse(Html.Of($"<p title=\"{text}\"/>").ToString()).Attribute("title")!.Value.Trim()));

    [Fact]
    public void Cells_of_tables_are_text()
    {
        var table = new ReportTable("<t>", [new("<h>"), new("b", IsNumber: true)], [["<script>", "\"&"]]);
        Assert.Equal(["<script>", "\"&"], XElement.Parse(HtmlTable.Render(table).ToString()).Descendants("tbody").Elements().Elements()
            .Select(cell => cell.Value));
    }

    [Fact]
    public void A_page_allows_nothing_but_its_own_style()
    {
        var page = HtmlPage.Render("a < b", Html.Text("body"));
        Assert.Contains("default-src 'none'; style-src 'sha256-", page, StringComparison.Ordinal);
        Assert.Contains("<title>a &lt; b</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
    }
}
