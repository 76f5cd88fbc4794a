using System.Net;

namespace SlmPlanner.Web.Tests;

public sealed class RunPagesTests(RunningSite site)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>
    /// A run that takes the planned time costs, by its forecast, what was planned but for start-up and what may go wrong.
    /// </summary>
    [Fact]
    public async Task A_run_is_held_against_its_plan()
    {
        var page = await site.Client.GetStringAsync("/runs/1", Stop);
        Assert.Contains("the run keeps its plan", page, StringComparison.Ordinal);
        Assert.Contains("Spent against plan", page, StringComparison.Ordinal);
        Assert.Contains("class=\"band\"", page, StringComparison.Ordinal);
        Assert.Contains("class=\"band forecast\"", page, StringComparison.Ordinal);
        Assert.Contains("2,000 of ", page, StringComparison.Ordinal);
        Assert.DoesNotContain(site.CalibrationFolder, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/runs/99")]
    [InlineData("/runs/99/live")]
    [InlineData("/runs/learned/ffff")]
    [InlineData("/runs/compare?first=1&second=nope")]
    [InlineData("/runs/compare")]
    public async Task What_is_not_there_is_told(string address)
    {
        var response = await site.Client.GetAsync(address, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("/runs lists them", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_are_shown_in_the_currency_asked_for()
    {
        var page = await site.Client.GetStringAsync("/plan?model=slm-1b&tokens=20B&budget=2000&gpus=H100&currency=EUR&rate=0.5", Stop);
        Assert.Contains("at most EUR 1,000", page, StringComparison.Ordinal);
        Assert.DoesNotContain("$1", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("currency=EUR", "currency")]
    [InlineData("rate=0.5", "rate")]
    [InlineData("currency=EURO&rate=0.5", "currency")]
    public async Task A_currency_without_its_rate_is_told_beside_its_field(string query, string field)
    {
        var response = await site.Client.GetAsync($"/plan?model=slm-1b&tokens=20B&{query}", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"id=\"problem-{field}\">--{field} is", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }
}
