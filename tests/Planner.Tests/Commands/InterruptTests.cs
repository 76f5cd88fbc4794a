using System.Diagnostics;

namespace SlmPlanner.Planner.Tests.Commands;

public sealed class InterruptTests
{
    /// <summary>More than the program needs until its search has begun.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Thousands of searches take many minutes; Ctrl-C ends the one that runs.</summary>
    [Fact]
    public async Task Ctrl_C_ends_a_search_with_exit_code_1_and_one_line()
    {
        Assert.SkipUnless(File.Exists("/bin/kill"), "needs /bin/kill");
        var values = string.Join(',', Enumerable.Range(1, 5000).Select(billions => $"{billions}B"));
        string[] arguments = ["sweep", "--model", "slm-1b", "--tokens", "20B", "--over", "tokens", "--values", values];
        using var program = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "slm-plan"), arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var killed = late.Token.Register(() => program.Kill());
        while (program.TotalProcessorTime < Busy)
            await Task.Delay(100, late.Token);
        Process.Start("/bin/kill", ["-INT", $"{program.Id}"])!.Dispose();
        late.CancelAfter(Patience);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, program.ExitCode);
        Assert.Equal("error: stopped\n", await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }
}
