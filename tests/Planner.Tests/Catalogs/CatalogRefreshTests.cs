using System.Globalization;
using System.Text;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Data.Catalogs;
using SlmPlanner.Data.Catalogs.Refresh;
using SlmPlanner.Data.Prices;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Tests.Catalogs;

/// <summary>Refreshing prices against servers that behave badly: nothing is lost, and it is said what happened.</summary>
public sealed class CatalogRefreshTests : IDisposable
{
    private const string Header = "InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region\n";

    /// <summary>Longer than any answer takes on a busy machine: a fetch ends because of what came, not of how long it took.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();
    private DateTimeOffset _now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private string Store => Path.Combine(_folder.Path, "evidence.db");

    [Fact]
    public async Task A_refresh_says_what_is_new_gone_dearer_and_cheaper_and_keeps_every_price_with_its_days()
    {
        await Fetched(Rows(("a", 10), ("b", 20), ("c", 30)));
        var second = await Fetched(Rows(("a", 12), ("b", 19), ("d", 40)));
        Assert.Equal(
            (RefreshStatus.Fetched, 3, 1, 1, 1, 1),
            (second.Status, second.Prices, second.Count(PriceEvent.New), second.Count(PriceEvent.Gone), second.Count(PriceEvent.Up),
                second.Count(PriceEvent.Down)));
        var spans = Points().Where(point => point.Key.InstanceType == "a")
            .Select(point => (point.UsdPerHour, point.Day.Day, point.LastDay.Day));
        Assert.Equal([(10, 1, 1), (12, 2, 2)], spans);
        Assert.Null(Points().Last(point => point.Key.InstanceType == "c").UsdPerHour);
    }

    [Fact]
    public async Task An_answer_that_has_not_changed_is_not_sent_again_and_the_prices_are_a_day_younger()
    {
        const string Mark = "ETag: \"v1\"\r\nLast-Modified: Sun, 01 Nov 2026 00:00:00 GMT\r\n";
        using var server = new CatalogServer((head, stream) => head.Contains("If-None-Match: \"v1\"", StringComparison.OrdinalIgnoreCase)
            ? CatalogServer.Write(stream, "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
            : CatalogServer.Always(Rows(("a", 10)), more: Mark)(head, stream));
        Assert.Equal(RefreshStatus.Fetched, (await Run(server.Address)).Status);
        var again = await Run(server.Address);
        Assert.Equal((RefreshStatus.Unchanged, 1, 0), (again.Status, again.Prices, again.Changes.Count));
        Assert.Contains("If-Modified-Since: Sun, 01 Nov 2026", server.Requests[1], StringComparison.OrdinalIgnoreCase);
        var point = Assert.Single(Points());
        Assert.Equal((1, 2), (point.Day.Day, point.LastDay.Day));
    }

    [Fact]
    public async Task A_redirect_is_followed()
    {
        using var server = new CatalogServer(CatalogServer.Always(Rows(("a", 10))));
        using var before = new CatalogServer((_, stream) =>
            CatalogServer.Write(stream, $"HTTP/1.1 302 Found\r\nLocation: {server.Address}\r\nContent-Length: 0\r\nConnection: "
                + $"close\r\n\r\n"));
        Assert.Equal((RefreshStatus.Fetched, 1), (await Run(before.Address) is var outcome ? (outcome.Status, outcome.Prices) : default));
    }

    public static TheoryData<string, string> Bad => new()
    {
        { "slow", "no whole answer within" },
        { "cut off", "cannot fetch" },
        { "garbage", "is missing" },
        { "page", "is missing" },
        { "missing", "404" },
        { "endless", "more than" },
        { "short", "perhaps it was cut short" },
        { "round", "cannot fetch" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_answer_is_told_and_loses_nothing(string kind, string told)
    {
        var good = Rows([.. Enumerable.Range(0, 40).Select(index => ($"m{index}", 10.0 + index))]);
        await Fetched(good);
        var before = Points();
        using var server = new CatalogServer(Badly(kind, good));
        var outcome = await Run(server.Address, kind == "slow" ? TimeSpan.FromMilliseconds(200) : Patience);
        Assert.Equal(RefreshStatus.Failed, outcome.Status);
        Assert.Contains(told, outcome.Problem, StringComparison.Ordinal);
        Assert.Equal(40, outcome.Prices);
        Assert.Equal(before, Points());
    }

    [Fact]
    public async Task Ten_times_the_rows_are_taken()
    {
        await Fetched(Rows([.. Enumerable.Range(0, 30).Select(index => ($"m{index}", 10.0))]));
        var outcome = await Fetched(Rows([.. Enumerable.Range(0, 300).Select(index => ($"m{index}", 10.0))]));
        Assert.Equal((300, 270, 0), (outcome.Prices, outcome.Count(PriceEvent.New), outcome.Count(PriceEvent.Gone)));
    }

    [Fact]
    public async Task A_row_that_can_not_be_read_costs_that_row_alone()
    {
        var outcome = await Fetched(Rows(("a", 10)) + "b,X9999,8,,,,5,,any\n");
        Assert.Equal((1, 1), (outcome.Prices, outcome.Skipped));
    }

    [Fact]
    public async Task The_newest_prices_are_those_that_are_planned_with()
    {
        await Fetched(Rows(("gpu_8x_h100_sxm5", 77)));
        var store = CatalogFixture.Store;
        var offer = Assert.Single(FetchedOffers.Of(Points(), store.Devices, store.Networks));
        Assert.Equal((77.0, new DateOnly(2026, 11, 1)), (offer.OnDemandUsdPerHour, offer.SeenUntil));
        await Fetched(Rows(("other", 5)));
        Assert.Null(FetchedOffers.Of(Points(), store.Devices, store.Networks)
            .Single(one => one.InstanceType == "gpu_8x_h100_sxm5").OnDemandUsdPerHour);
    }

    [Fact]
    public void Every_public_catalog_has_an_address_terms_a_source_and_has_not_been_fetched_live() => Assert.All(
        CatalogSourceList.Read(Path.Combine(Repository.Profiles, "offers", "catalogs.json")).Catalogs, catalog =>
        {
            Assert.StartsWith("https://", catalog.Url, StringComparison.Ordinal);
            Assert.True(catalog.Terms.Length > 0 && catalog.Source.Length > 0);
            Assert.Null(catalog.RanLive);
            Assert.Equal(catalog.VersionUrl is not null, catalog.Url.Contains("{version}", StringComparison.Ordinal));
        });

    public void Dispose() => _folder.Dispose();

    private async Task<RefreshOutcome> Fetched(string body)
    {
        using var server = new CatalogServer(CatalogServer.Always(body));
        return await Run(server.Address);
    }

    /// <summary>A refresh of one catalog, a day after the last.</summary>
    private async Task<RefreshOutcome> Run(string address, TimeSpan? patience = null)
    {
        using var store = PriceStore.OpenToAdd(Store);
        var refresh = new CatalogRefresh(
            store, CatalogFixture.Facts, new(TimeSpan.FromMilliseconds(1), patience ?? Patience, largestBytes: 1 << 20),
            acceptFewer: false);
        var outcome = await refresh.Run(
            new("test", "test", CatalogFormat.Skypilot, address, null, "", "", default, null), _now, _folder.Path, CancellationToken.None);
        _now = _now.AddDays(1);
        return outcome;
    }

    private IReadOnlyList<PricePoint> Points()
    {
        using var store = PriceStore.OpenToRead(Store);
        return store.Points();
    }

    private static Func<string, Stream, Task> Badly(string kind, string good) => kind switch
    {
        "slow" => async (_, stream) =>
        {
            await CatalogServer.Write(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {good.Length}\r\n\r\n{good[..10]}");
            await CatalogServer.HungUp(stream);
        },
        "cut off" => (_, stream) => CatalogServer.Write(stream, $"HTTP/1.1 200 OK\r\nContent-Length: {good.Length}\r\n\r\n{good[..^50]}"),
        "garbage" => CatalogServer.Always("\u0001\u0002 not a table\nat all,,,\n"),
        "page" => CatalogServer.Always("<html><body>Sign in, please</body></html>"),
        "missing" => CatalogServer.Always("", "404 Not Found"),
        "endless" => async (_, stream) =>
        {
            await CatalogServer.Write(stream, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + Header);
            var block = Encoding.ASCII.GetBytes(new string('x', 1 << 16));
            for (var count = 0; count < 64; count++)
                await stream.WriteAsync(block);
        },
        "short" => CatalogServer.Always(string.Join('\n', good.Split('\n').Take(5)) + "\n"),
        _ => (_, stream) => CatalogServer.Write(stream,
            "HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    };

    private static string Rows(params IReadOnlyList<(string Machine, double Usd)> machines) => Header + string.Concat(machines.Select(
        machine => string.Create(CultureInfo.InvariantCulture, $"{machine.Machine},H100,8,,,,{machine.Usd},,any\n")));
}
