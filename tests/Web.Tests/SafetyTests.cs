using System.Net;
using SlmPlanner.Planner.Web.Safety;

namespace SlmPlanner.Web.Tests;

public sealed class SafetyTests(RunningSite site)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/")]
    [InlineData("/plan?model=nope")]
    [InlineData("/assets/site.js")]
    [InlineData("/no/such/page")]
    public async Task Every_answer_carries_the_policy_that_allows_no_inline_script_or_style(string address)
    {
        var response = await site.Client.GetAsync(address, Stop);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/plan?model=slm-1b&tokens=20B&budget=2000&gpus=H100")]
    [InlineData("/calibration")]
    public async Task No_page_needs_what_the_policy_forbids(string address)
    {
        var page = await site.Client.GetStringAsync(address, Stop);
        Assert.DoesNotContain("<style", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" style=", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" onclick", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, page.Split("<script").Length - 1);
        Assert.DoesNotContain("://", page.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("localhost.evil.example")]
    [InlineData("10.0.0.7")]
    [InlineData("0.0.0.0")]
    public async Task Another_host_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = host } };
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await site.Client.SendAsync(request, Stop)).StatusCode);
    }

    [Fact]
    public void A_name_is_never_taken_for_this_machine_even_when_all_addresses_are()
    {
        var hosts = new AllowedHosts(IPAddress.Any);
        Assert.True(hosts.Allows("10.0.0.7"));
        Assert.True(hosts.Allows("localhost"));
        Assert.False(hosts.Allows("evil.example"));
        Assert.False(new AllowedHosts(IPAddress.Parse("10.0.0.7")).Allows("10.0.0.8"));
    }

    [Fact]
    public async Task Nothing_can_be_posted()
    {
        using var body = new StringContent("x=1");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await site.Client.PostAsync("/plan", body, Stop)).StatusCode);
    }

    [Theory]
    [InlineData("/assets/../../../etc/passwd")]
    [InlineData("/assets/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/plan/files/..%2f..%2fetc%2fpasswd?model=slm-1b&tokens=20B&gpus=H100")]
    [InlineData("/plan/files/profiles?model=slm-1b&tokens=20B&gpus=H100")]
    public async Task A_path_outside_is_not_found(string address) =>
        Assert.Equal(HttpStatusCode.NotFound, (await site.Client.GetAsync(address, Stop)).StatusCode);

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData(".")]
    [InlineData("../config.json")]
    [InlineData("profiles/models/slm.json")]
    public async Task A_model_is_never_read_from_a_path(string path)
    {
        var response = await site.Client.GetAsync($"/plan?tokens=20B&model={Uri.EscapeDataString(path)}", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("unknown model", await response.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_from_a_link_never_becomes_markup()
    {
        var page = await (await site.Client.GetAsync("/plan?model=%3Cscript%3Ealert(1)%3C/script%3E&tokens=%22%3E%3Cimg%20src=x%3E",
            Stop)).Content.ReadAsStringAsync(Stop);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_text_is_refused_and_a_longer_line_is_cut_off()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await site.Client.GetAsync($"/plan?model={new string('x', 500)}", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestUriTooLong,
            (await site.Client.GetAsync($"/plan?model={new string('x', 10_000)}", Stop)).StatusCode);
    }

    [Fact]
    public async Task Figures_are_published_when_asked_for()
    {
        await site.Client.GetAsync("/plan?model=slm-1b&tokens=20B&gpus=H100", Stop);
        var figures = await site.Client.GetStringAsync("/metrics", Stop);
        Assert.Contains("slm_plans_total", figures, StringComparison.Ordinal);
        Assert.Contains("slm_plan_duration_seconds_bucket", figures, StringComparison.Ordinal);
    }
}
