using Cocona;
using Cocona.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SlmPlanner.Core;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>
/// Runs a program's commands with what both programs promise: results on standard output, messages on standard error,
/// the exit codes of <see cref="ExitCode"/>, and no settings read from files or variables that the user did not name.
/// </summary>
public static class Shell
{
    /// <summary>Runs the command that <paramref name="args"/> names and returns the exit code.</summary>
    /// <param name="args">The process arguments.</param>
    /// <param name="services">Adds what commands take in their constructors.</param>
    /// <param name="commands">Adds the commands.</param>
    public static int Run(string[] args, Action<IServiceCollection> services, Action<CoconaApp> commands)
    {
        var builder = CoconaApp.CreateBuilder(args, options => options.TreatPublicMethodsAsCommands = false);
        ((IConfigurationBuilder)builder.Configuration).Sources.Clear();
        builder.Logging.ClearProviders();
        services(builder.Services);
        var app = builder.Build();
        var outcome = new Outcome();
        app.UseFilter(new FailureFilter(outcome));
        commands(app);
        Environment.ExitCode = ExitCode.Done;
        app.Run();
        return outcome.Code ?? WithoutCommand(args, Environment.ExitCode);
    }

    /// <summary>No command ran: help and version were asked for and are fine; anything else was a misuse.</summary>
    private static int WithoutCommand(string[] args, int coconaCode)
    {
        var asked = args.Length == 0 || args.Any(argument => argument is "--help" or "-h" or "--version");
        return asked || coconaCode == 0 ? ExitCode.Done : ExitCode.BadInput;
    }
}
