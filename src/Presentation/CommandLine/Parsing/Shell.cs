using Cocona;
using Cocona.Command;
using Cocona.Command.BuiltIn;
using Cocona.CommandLine;
using Cocona.Help;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SlmPlanner.Core;

namespace SlmPlanner.Presentation.CommandLine.Parsing;

/// <summary>
/// Runs a program's commands with what both programs promise: results on standard output, messages on standard error,
/// the exit codes of <see cref="ExitCode"/>, and no settings read from files or variables that the user did not name.
/// The host is bare: the usual one would open settings files, watch their folder and set loggers up before it prints a line.
/// This folder is all that knows Cocona, which splits the arguments, finds the command and completes words.
/// </summary>
public static class Shell
{
    /// <summary>Runs the command that <paramref name="args"/> names and returns the exit code.</summary>
    /// <param name="args">The process arguments.</param>
    /// <param name="services">Adds what commands take in their constructors.</param>
    /// <param name="table">The commands.</param>
    public static int Run(string[] args, Action<IServiceCollection> services, CommandTable table)
    {
        Environment.ExitCode = ExitCode.Done;
        using var host = new HostBuilder()
            .ConfigureServices(services)
            .ConfigureCocona(args, configureHost: null, _ => { })
            .ConfigureServices(added => Describe(added, table))
            .Build();
        var runner = (CommandRunner)host.Services.GetRequiredService<ICoconaBootstrapper>();
        host.Run();
        return runner.ExitCode ?? WithoutCommand(args, Environment.ExitCode);
    }

    /// <summary>Puts our table, our words and our failures in place of Cocona's.</summary>
    private static void Describe(IServiceCollection services, CommandTable table) => services
        .AddSingleton(table)
        .AddSingleton<ICoconaCommandProvider>(new CoconaBuiltInCommandProvider(new DescribedCommands(table),
            enableShellCompletionSupport: true))
        .AddSingleton<ICoconaCommandLineParser, FlagWordParser>()
        .AddSingleton<ICoconaCommandHelpProvider, TableHelp>()
        .AddSingleton<ICoconaBootstrapper, CommandRunner>();

    /// <summary>No command ran: help and version were asked for and are fine; anything else was a misuse.</summary>
    private static int WithoutCommand(string[] args, int coconaCode)
    {
        var asked = args.Length == 0 || args.Any(argument => argument is "--help" or "-h" or "--version");
        return asked || coconaCode == 0 ? ExitCode.Done : ExitCode.BadInput;
    }
}
