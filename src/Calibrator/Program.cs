using Microsoft.Extensions.DependencyInjection;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Presentation.CommandLine.Parsing;
using Spectre.Console;

namespace SlmPlanner.Calibrator;

/// <summary>Entry of <c>slm-calibrate</c>: burst matrix → bursts → measurements → fit → profile → report.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using var thread = new MainThread();
        return thread.Serve(() => Shell.Run(args, services => AddServices(services, thread), Commands.CommandList.Table));
    }

    private static void AddServices(IServiceCollection services, MainThread thread) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton(AnsiConsole.Console)
        .AddSingleton(thread);
}
