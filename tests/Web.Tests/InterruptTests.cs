using System.Diagnostics;

namespace SlmPlanner.Web.Tests;

public sealed class InterruptTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task The_server_ends_on_a_signal_with_exit_code_0_and_says_nothing_more(string signal)
    {
        Assert.SkipUnless(File.Exists("/bin/kill"), "needs /bin/kill");
        using var server = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "slm-plan"), ["serve", "--port", "0"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        Assert.StartsWith("listening on ", await server.StandardError.ReadLineAsync(Stop), StringComparison.Ordinal);
        Process.Start("/bin/kill", [$"-{signal}", $"{server.Id}"])!.Dispose();
        await server.WaitForExitAsync(Stop);
        Assert.Equal(0, server.ExitCode);
        Assert.Equal("", await server.StandardError.ReadToEndAsync(Stop) + await server.StandardOutput.ReadToEndAsync(Stop));
    }
}
