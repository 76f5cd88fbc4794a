using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using SlmPlanner.Presentation.Runs;

namespace SlmPlanner.Planner.Tracking;

/// <summary>
/// Says once when a share of the budget is spent or forecast, and when the forecast breaks the plan: to a command (the report on its
/// standard input, what it is in SLM_ALERT) and to a web address (the report as JSON). One that fails is told on standard error and stops
/// nothing.
/// </summary>
internal sealed class Alerts(string? command, string? webhook)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    /// <summary>Says what is new in a report.</summary>
    public void Say(TrackReport report)
    {
        foreach (var alert in Of(report).Where(_said.Add))
        {
            Console.Error.WriteLine($"alert: {alert}");
            if (command is not null)
                Run(command, alert, report);
            if (webhook is not null)
                Post(webhook, alert, report);
        }
    }

    private static IEnumerable<string> Of(TrackReport report)
    {
        foreach (var threshold in report.Thresholds)
        {
            var share = threshold.Share.ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);
            if (threshold.Spent)
                yield return $"spent-{share}";
            if (threshold.Forecast)
                yield return $"forecast-{share}";
        }
        if (report.BreaksPlan)
            yield return "forecast-breaks-plan";
    }

    private static void Run(string command, string alert, TrackReport report)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd.exe", ["/c", command])
            : new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.RedirectStandardInput = true;
        start.Environment["SLM_ALERT"] = alert;
        start.Environment["SLM_PLAN_ID"] = report.PlanId ?? "";
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                process.StandardInput.Write(TrackOutput.Json(report));
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // A command that does not read its input is fine.
            }
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Console.Error.WriteLine($"warning: --alert-exec took longer than {Patience.TotalSeconds:0} s and was ended");
            }
            else if (process.ExitCode != 0)
                Console.Error.WriteLine($"warning: --alert-exec ended with {process.ExitCode}");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Console.Error.WriteLine($"warning: --alert-exec: {exception.Message}");
        }
    }

    private static void Post(string address, string alert, TrackReport report)
    {
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(TrackOutput.Json(report),
                Encoding.UTF8) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            request.Headers.Add("X-Slm-Alert", alert);
            using var answer = client.Send(request);
            if (!answer.IsSuccessStatusCode)
                Console.Error.WriteLine($"warning: --webhook answered {(int)answer.StatusCode}");
        }
        catch (Exception exception) when (exception
            is HttpRequestException or TaskCanceledException or UriFormatException or InvalidOperationException)
        {
            Console.Error.WriteLine($"warning: --webhook: {exception.Message}");
        }
    }
}
