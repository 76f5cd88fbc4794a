namespace SlmPlanner.Web.Tests;

public sealed class AnswerCacheTests(RunningSite site)
{
    private const string Query = "model=slm-1b&tokens=20B&budget=2100&gpus=H100";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/plan")]
    [InlineData("/api/plan")]
    public async Task An_answer_is_kept_with_its_headers_and_told_from_others_by_its_whole_query(string address)
    {
        using var first = await site.Client.GetAsync($"{address}?{Query}", Stop);
        using var again = await site.Client.GetAsync($"{address}?{Query}", Stop);
        using var other = await site.Client.GetAsync($"{address}?{Query}&max-gpus=8", Stop);
        Assert.NotNull(again.Headers.Age);
        Assert.Null(other.Headers.Age);
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await again.Content.ReadAsStringAsync(Stop));
        Assert.NotEqual(await first.Content.ReadAsStringAsync(Stop), await other.Content.ReadAsStringAsync(Stop));
        Assert.Equal(first.Headers.GetValues("Content-Security-Policy"), again.Headers.GetValues("Content-Security-Policy"));
        Assert.True(again.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        await site.Client.GetAsync("/api/plan?model=nope", Stop);
        using var again = await site.Client.GetAsync("/api/plan?model=nope", Stop);
        Assert.Null(again.Headers.Age);
    }
}
