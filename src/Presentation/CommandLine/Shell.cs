using Cocona;
using Cocona.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SlmPlanner.Core;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>
/// Runs a program's commands with what both programs promise: results on standard output, messages on standard error,
/// the exit codes of <see cref="ExitCode"/>, and no settings read from files or variables that the user did not name.
/// The host is bare: the usual one would open settings files, watch their folder and set loggers up before it prints a line.
/// </summary>
public static class Shell
{
    /// <summary>Runs the command that <paramref name="args"/> names and returns the exit code.</summary>
    /// <param name="args">The process arguments.</param>
    /// <param name="services">Adds what commands take in their constructors.</param>
    /// <param name="commands">Adds the commands.</param>
    public static int Run(string[] args, Action<IServiceCollection> services, Action<ICoconaCommandsBuilder> commands)
    {
        var outcome = new Outcome();
        Environment.ExitCode = ExitCode.Done;
        using var host = new HostBuilder()
            .ConfigureServices(services)
            .ConfigureServices(added => added.Configure<CoconaAppOptions>(options =>
            {
                options.TreatPublicMethodsAsCommands = false;
                options.EnableShellCompletionSupport = true;
            }))
            .ConfigureCocona(args, configureHost: null, app =>
            {
                app.UseFilter(new FailureFilter(outcome));
                commands(app);
            })
            .Build();
        host.Run();
        return outcome.Code ?? WithoutCommand(args, Environment.ExitCode);
    }

    /// <summary>No command ran: help and version were asked for and are fine; anything else was a misuse.</summary>
    private static int WithoutCommand(string[] args, int coconaCode)
    {
        var asked = args.Length == 0 || args.Any(argument => argument is "--help" or "-h" or "--version");
        return asked || coconaCode == 0 ? ExitCode.Done : ExitCode.BadInput;
    }
}
