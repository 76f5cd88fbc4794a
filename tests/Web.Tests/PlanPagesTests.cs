using System.Net;
using System.Text.Json;
using System.Web;

namespace SlmPlanner.Web.Tests;

public sealed class PlanPagesTests(RunningSite site)
{
    private const string Feasible = "model=slm-1b&tokens=20B&budget=2000&gpus=H100,A100-80GB";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_link_answers_with_the_recommendation_its_interval_and_why()
    {
        var page = await Text($"/plan?{Feasible}");
        Assert.Contains("<h2>Rent ", page, StringComparison.Ordinal);
        Assert.Contains("Ranges hold with 90 % probability", page, StringComparison.Ordinal);
        Assert.Contains("What would change my mind", page, StringComparison.Ordinal);
        Assert.Contains("Alternatives: less time for more money", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model=slm-1c&tokens=20B", "model", "did you mean slm-1b")]
    [InlineData("model=slm-1b&tokens=twenty", "tokens", "--tokens is 'twenty', expected")]
    [InlineData("model=slm-1b&tokens=20B&budget=-5", "budget", "budget_usd is -5, allowed")]
    [InlineData("model=slm-1b&tokens=20B&deadline=7", "deadline", "expected a duration with a unit")]
    [InlineData("model=slm-1b&tokens=20B&confidence=2", "confidence", "confidence is 2, allowed")]
    [InlineData("model=slm-1b&tokens=20B&max-gpus=many", "max-gpus", "expected a whole number")]
    [InlineData("model=slm-1b&tokens=20B&gpus=H1000", "gpus", "did you mean")]
    [InlineData("model=slm-1b&tokens=20B&providers=awss", "providers", "did you mean aws")]
    [InlineData("model=slm-1b&tokens=20B&objective=money", "objective", "unknown value 'money'")]
    [InlineData("model=slm-1b&tokens=20B&own=4xRTX4090", "own", "--own lacks price_usd")]
    [InlineData("model=slm-1b&tokens=20B&own=4x", "own", "--own is '4x', expected COUNTxGPU")]
    [InlineData("model=slm-1b&tokens=20B&reserved=gpu=H100", "reserved", "--reserved lacks provider")]
    [InlineData("tokens=20B", "model", "model is missing")]
    [InlineData("model=slm-1b", "tokens", "tokens are missing")]
    public async Task A_mistake_is_a_400_with_the_command_lines_message_beside_its_field(string query, string field, string message)
    {
        var response = await site.Client.GetAsync($"/plan?{query}", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var page = HttpUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Stop));
        var start = page.IndexOf($"id=\"problem-{field}\">", StringComparison.Ordinal);
        Assert.Contains(message, page[start..page.IndexOf("</p>", start, StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model=nope&tokens=x&budget=y")]
    [InlineData("model=nope&tokens=-3&budget=-5")]
    public async Task All_wrong_fields_are_reported_at_once(string query)
    {
        var (status, answer) = await Json($"/api/plan?{query}");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["model", "tokens", "budget"],
            answer.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_plan_leads_to_what_measuring_first_is_worth()
    {
        Assert.Contains($"href=\"/plan/measure-first?", await Text($"/plan?{Feasible}"), StringComparison.Ordinal);
        var page = await Text($"/plan/measure-first?{Feasible}");
        Assert.Contains("Without measuring, ", page, StringComparison.Ordinal);
        Assert.Contains("How exact a probe is", page, StringComparison.Ordinal);
        var wrong = await site.Client.GetAsync("/plan/measure-first?model=slm-1c&tokens=20B", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task A_permalink_says_the_same_as_the_request_it_came_from()
    {
        var (_, first) = await Json($"/api/plan?{Feasible}&deadline=&spot=true&regions=");
        var link = first.GetProperty("link").GetString()!;
        var (_, second) = await Json(link.Replace("/plan?", "/api/plan?", StringComparison.Ordinal));
        Assert.Equal(link, second.GetProperty("link").GetString());
        Assert.Equal(first.GetProperty("html").GetString(), second.GetProperty("html").GetString());
        Assert.DoesNotContain("deadline", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_machines_and_reserved_terms_stand_beside_those_for_rent()
    {
        var query = $"{Feasible}&objective=cost&own={Uri.EscapeDataString("8xH100@0.2")}&own={Uri.EscapeDataString("4xA100-80GB@0.1")}&reserved={Uri.EscapeDataString("provider=lambda,gpu=A100-80GB,gpus=8,usd_per_hour=9,months=1")}";
        var (_, answer) = await Json($"/api/plan?{query}");
        Assert.Contains("own", answer.GetProperty("title").GetString(), StringComparison.Ordinal);
        using var plan = JsonDocument.Parse(await Text(answer.GetProperty("link")
            .GetString()!.Replace("/plan?", "/plan/files/plan.json?", StringComparison.Ordinal)));
        Assert.Equal("own", plan.RootElement.GetProperty("recommendation").GetProperty("provider").GetString());
    }

    [Fact]
    public async Task The_json_plan_is_the_command_lines_plan()
    {
        using var plan = JsonDocument.Parse(await Text($"/plan/files/plan.json?{Feasible}"));
        Assert.Equal("slm-1b", plan.RootElement.GetProperty("request").GetProperty("model").GetProperty("name").GetString());
        Assert.StartsWith("Rent ", plan.RootElement.GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_file_that_the_page_offers_can_be_downloaded()
    {
        var page = await Text($"/plan?{Feasible}&providers=aws&providers=lambda");
        var links = HttpUtility.HtmlDecode(page).Split("<li><a href=\"")[1..]
            .Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)])
            .Where(link => link.StartsWith("/plan/files/", StringComparison.Ordinal)).ToList();
        Assert.Contains(links, link => link.StartsWith("/plan/files/report.html?", StringComparison.Ordinal));
        Assert.Contains(links, link => link.StartsWith("/plan/files/skypilot.yaml?", StringComparison.Ordinal));
        foreach (var link in links)
        {
            var response = await site.Client.GetAsync(link, Stop);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
            Assert.NotEqual(0, response.Content.Headers.ContentLength);
        }
    }

    [Fact]
    public async Task An_impossible_request_says_what_would_make_it_possible() =>
        Assert.Contains("What would make it feasible", await Text("/plan?model=slm-1b&tokens=20B&budget=1&gpus=H100"),
            StringComparison.Ordinal);

    private Task<string> Text(string address) => site.Client.GetStringAsync(address, Stop);

    private async Task<(HttpStatusCode Status, JsonElement Answer)> Json(string address)
    {
        var response = await site.Client.GetAsync(address, Stop);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));
        return (response.StatusCode, document.RootElement.Clone());
    }
}
