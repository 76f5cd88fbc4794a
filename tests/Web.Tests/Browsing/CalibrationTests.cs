using System.Globalization;
using Microsoft.Playwright;

namespace SlmPlanner.Web.Tests.Browsing;

public sealed class CalibrationTests(RunningSite site, Browser browser)
{
    [Fact]
    public async Task A_running_calibration_is_shown_burst_by_burst_without_reloading()
    {
        var log = Path.Combine(site.CalibrationFolder, "measurements.jsonl");
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync("/calibration");
        await window.Shows("#live", "Waiting for the run");
        await File.AppendAllTextAsync(log, Machine() + "\n", TestContext.Current.CancellationToken);
        await window.Shows("#live", "CPU-live");
        await window.Shows("#live .answers", "Bursts0");
        await File.AppendAllTextAsync(log, Burst(cores: 1.5) + "\n" + Burst(cores: 1)[..60], TestContext.Current.CancellationToken);
        await window.Shows("#live .answers", "Bursts1");
        await window.Shows("#live .answers", "75 %");
        await File.AppendAllTextAsync(log, Burst(cores: 1)[60..] + "\n", TestContext.Current.CancellationToken);
        await window.Shows("#live .answers", "Bursts2");
        await window.Shows("#live .answers", "50 %");
        await window.Shows("#live table", "2 layers of 256");
        await window.Picture("calibration-light");
    }

    [Fact]
    public async Task Past_runs_are_listed_and_two_devices_compared()
    {
        await using var window = await browser.Open(site, new() { ColorScheme = ColorScheme.Dark });
        await window.Page.GotoAsync("/calibration");
        await window.Shows("[aria-label='Past runs'] table", "CPU-two");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).ClickAsync();
        await window.Shows("h1", "Run 5 (CPU-one) and Run 6 (CPU-two)");
        await window.Shows("table", "+100.0 %");
        await window.Picture("compare-dark");
        await window.Page.GotoAsync("/calibration/runs/5");
        await window.Shows("main", "Speed (Device CPU-one)");
    }

    /// <summary>By hand: of 1, 1.02 and 0.8 the median is 1, so that c has 80 % of it, after 100 % in its first run.</summary>
    [Fact]
    public async Task A_machine_that_is_slower_than_its_siblings_is_named_and_drawn()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync("/calibration");
        await window.Shows("main", "c (CPU-fleet) is 20 % slower than its 2 siblings");
        await window.Shows("[aria-label^='Machines by device'] table", "-20.0 %");
        await window.Shows("#fleet-0 figcaption", "3 machines, 4 calibrations: from 80 % (run 4) to 102 % (run 2)");
        await window.Picture("fleet-light");
    }

    [Fact]
    public async Task A_calibrated_device_stands_beside_published_rows_of_it()
    {
        await using var window = await browser.Open(site);
        await window.Page.GotoAsync("/calibration");
        await window.Shows("main", "H100-SXM: 99 % slower than published rows suggest");
        await window.Shows("main", "outside the 90 % interval of that prediction");
        await window.Shows("[aria-label^='Calibrated devices beside published rows'] table", "H100-SXM");
    }

    private static string Machine() =>
        $$"""{"schema_version":1,"at":"{{Now}}","environment":{"device":"CPU-live","device_kind":"cpu","processor":"CPU","threads":2,"memory_bytes":1e10,"system":"Linux","machine":"host","program":"0.1.0","budget_s":300,"seed":1},"held_out":false}""";

    private static string Burst(double cores) =>
        $$"""{"schema_version":1,"at":"{{Now}}","burst":{"device":"CPU-live","spec":{"n_layers":2,"d_model":256,"n_heads":4,"n_kv_heads":4,"d_ffn":1024,"ffn_kind":"gelu","vocab":2048,"tied_embeddings":true,"seq_len":128,"micro_batch":4,"grad_accum":1,"precision":"fp32","attention":"flash","recomputation":"none","parallelism":"single","steps":9,"warmup":1,"seed":1,"threads":2},"status":"ok","step_time_s":{"median":0.1,"low":0.09,"high":0.11,"spread":0.01,"minimum":0.09,"steps":9},"tokens_per_s":5120,"utilisation":[{"time_s":0.25,"burst_cores":{{cores.ToString(CultureInfo.InvariantCulture)}}},{"time_s":0.5,"burst_cores":{{cores.ToString(CultureInfo.InvariantCulture)}}}]},"held_out":false}""";

    private static string Now => DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
}
