using System.Diagnostics;

namespace SlmPlanner.Web.Tests;

public sealed class InterruptTests
{
    private const int InterruptBit = 1 << 1;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task The_server_ends_on_a_signal_with_exit_code_0_and_says_nothing_more(string signal)
    {
        Assert.SkipUnless(File.Exists("/bin/kill"), "needs /bin/kill");
        Assert.SkipWhen(signal == "INT" && IgnoresInterrupts(), "started in the background of a shell, where SIGINT is ignored");
        using var server = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "slm-plan"), ["serve", "--port", "0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        Assert.StartsWith("listening on ", await server.StandardError.ReadLineAsync(Stop), StringComparison.Ordinal);
        Process.Start("/bin/kill", [$"-{signal}", $"{server.Id}"])!.Dispose();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        await server.WaitForExitAsync(patience.Token);
        Assert.Equal(0, server.ExitCode);
        Assert.Equal("", await server.StandardError.ReadToEndAsync(Stop) + await server.StandardOutput.ReadToEndAsync(Stop));
    }

    /// <summary>Signals that this process ignores are ignored by what it starts (proc(5), SigIgn).</summary>
    private static bool IgnoresInterrupts()
    {
        const string Ignored = "SigIgn:";
        var line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Ignored,
            StringComparison.Ordinal)) : null;
        return line is not null && (Convert.ToInt64(line[Ignored.Length..].Trim(), 16) & InterruptBit) != 0;
    }
}
