using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Data.Prices;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Prices;

public sealed class PriceHistoryTests : IDisposable
{
    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);
    private static readonly PriceKey Machine = new("cloud", "H100-SXM", 8, "any", PriceKey.OnDemand, PriceKey.Machine, "m");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_price_lasts_from_the_day_it_was_first_seen_to_the_last_and_ends_with_the_next()
    {
        var series = Assert.Single(PriceSeries.Of([At(60, 24), At(0, 16), At(30, 16), At(90, null), At(45, 16)]));
        Assert.Equal(
            [(16.0, 0, 45, 60), (24.0, 60, 60, 90)],
            series.Spans().Select(span => (span.UsdPerHour, Number(span.SeenFrom), Number(span.SeenTo), Number(span.EndedBy!.Value))));
        Assert.Equal((16.0, 24.0, null), (series.On(Day(59)), series.On(Day(60)), series.On(Day(90))));
    }

    /// <summary>16 USD for eight devices, a month later 20: two dollars, then two and a half, up by a quarter.</summary>
    [Fact]
    public void A_trend_compares_a_machine_with_itself_thirty_days_before()
    {
        var other = Machine with { InstanceType = "dear", Region = "moon" };
        var trend = Assert.Single(PriceTrend.Of(PriceSeries.Of([At(0, 16), At(40, 20), new(other, Day(40), 400, "s")])));
        Assert.Equal((2.5, 0.25, 1), (trend.UsdPerGpuHour, trend.Change, trend.Series));
    }

    [Fact]
    public void What_is_sold_no_more_is_no_price_of_today()
    {
        Assert.Empty(PriceTrend.Of(PriceSeries.Of([At(0, 16), At(40, null)])));
        Assert.Empty(PriceSpread.Of([]));
    }

    [Fact]
    public void Providers_are_set_apart_by_their_newest_prices()
    {
        PricePoint[] points = [.. new[] { 8.0, 16,
            40 }.Select((price, index) => new PricePoint(Machine with { Provider = $"p{index}" }, Day(index), price, "s"))];
        Assert.Equal([new PriceSpread(PriceKey.OnDemand, 3, 1, 2, 5)], PriceSpread.Of(PriceTrend.Of(PriceSeries.Of(points))));
    }

    /// <summary>Forty providers, of which four doubled in thirty days and four halved.</summary>
    [Fact]
    public void An_outlook_is_the_tenths_at_either_end_of_what_happened()
    {
        var points = Enumerable.Range(0, 40).SelectMany(index =>
        {
            var key = Machine with { Provider = $"p{index}" };
            return new PricePoint[] { new(key, Day(0), 8, "s"), new(key, Day(30), index < 5 ? 16 : index < 10 ? 4 : 8, "s") };
        });
        var move = new PriceOutlook(PriceSeries.Of(points)).Of("H100-SXM", spot: false, 30)!;
        Assert.Equal(("H100-SXM", 40, 40), (move.Gpu, move.Changes, move.Providers));
        Assert.Equal((0.5, 1.0, 2.0), (Math.Round(move.Low, 9), Math.Round(move.Expected, 9), Math.Round(move.High, 9)));
    }

    [Fact]
    public void A_device_with_little_history_is_taken_to_move_as_all_do()
    {
        var outlook = new PriceOutlook(PriceSeries.Of(Store.Prices));
        Assert.Null(outlook.Of("RTX8000", spot: false, 30)!.Gpu);
        Assert.Equal("H100-SXM", outlook.Of("H100-SXM", spot: false, 30)!.Gpu);
        Assert.Null(new PriceOutlook([]).Of("H100-SXM", spot: false, 30));
    }

    /// <summary>Every row of the file that is shipped is read: 3,793 prices of 54 providers and 38 devices.</summary>
    [Fact]
    public void The_history_that_is_shipped_is_whole()
    {
        var points = PriceHistoryFile.Read(Path.Combine(Repository.Profiles, "prices", "history.csv"), Store.Devices, Store.Networks);
        Assert.Equal(
            (3793, 54, 38),
            (points.Count, points.Select(point => point.Key.Provider).Distinct().Count(),
                points.Select(point => point.Key.Gpu).Distinct().Count()));
        Assert.All(points, point => Assert.InRange(point.UsdPerHour!.Value / point.Key.Gpus, 0.01, 50));
    }

    [Fact]
    public void What_was_withdrawn_stays_in_the_history()
    {
        var ended = PriceSeries.Of(Store.Prices).Where(series =>
            series.Key is { InstanceType: "Standard_ND96isr_H100_v5", Region: "eastus", Kind: PriceKey.OnDemand })
            .SelectMany(series => series.Spans()).Where(span => span.EndedBy == new DateOnly(2026, 10, 10));
        Assert.Equal(98.32, Assert.Single(ended).UsdPerHour);
    }

    [Theory]
    [InlineData("2026-13-01,aws,H100-SXM,8,any,10,on-demand,s,machine,m", "YYYY-MM-DD")]
    [InlineData("2026-10-01,aws,X9000,8,any,10,on-demand,s,machine,m", "X9000")]
    [InlineData("2026-10-01,aws,H100-SXM,8,any,-1,on-demand,s,machine,m", "must be")]
    [InlineData("2026-10-01,aws,H100-SXM,8,any", "5 fields")]
    public void A_wrong_row_is_named_by_its_line(string row, string part)
    {
        var path = _folder.Write("prices.csv", $"seen_date,provider,gpu,gpu_count,region,price_usd_per_hour,kind,source,basis,instance_type\n{row}\n");
        var message = Assert.Throws<InputException>(() => PriceHistoryFile.Read(path, Store.Devices, Store.Networks)).Message;
        Assert.Contains("line 2", message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static PricePoint At(int day, double? usd) => new(Machine, Day(day), usd, "s");

    private static DateOnly Day(int number) => new DateOnly(2026, 1, 1).AddDays(number);

    private static int Number(DateOnly day) => day.DayNumber - Day(0).DayNumber;
}
