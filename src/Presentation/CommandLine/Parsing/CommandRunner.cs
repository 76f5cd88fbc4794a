using Cocona.Command;
using Cocona.Command.Dispatcher;
using Cocona.CommandLine;
using SlmPlanner.Core;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Presentation.CommandLine.Parsing;

/// <summary>
/// Runs the command that the arguments name, and turns what it throws into one message on standard error and an exit code.
/// Help, version and completion are left to Cocona.
/// </summary>
internal sealed class CommandRunner(
    ICoconaCommandLineArgumentProvider arguments, ICoconaCommandProvider commands, ICoconaCommandResolver resolver,
    ICoconaCommandDispatcher dispatcher, IServiceProvider services) : ICoconaBootstrapper
{
    /// <summary>The exit code of the command that ran, or of a misuse; null for what Cocona did.</summary>
    public int? ExitCode { get; private set; }

    /// <inheritdoc/>
    public void Initialize()
    {
    }

    /// <inheritdoc/>
    public async ValueTask<int> RunAsync(CancellationToken cancellationToken)
    {
        CommandResolverResult resolved;
        try
        {
            resolved = resolver.ParseAndResolve(commands.GetCommandCollection(), arguments.GetArguments());
        }
        catch (CommandNotFoundException exception)
        {
            var known = exception.ImplementedCommands.All.Where(command => !command.IsHidden && !command.IsPrimaryCommand)
                .Select(command => command.Name);
            ExitCode = Failure.Report(new InputException(NearestNames.Unlike("command", exception.Command, known)));
            return ExitCode.Value;
        }
        if (DescribedCommands.Of(resolved.MatchedCommand!) is not { Run: { } run } command)
            return await dispatcher.DispatchAsync(resolved, cancellationToken);
        ExitCode = await Guarded(() => run(services, GivenReader.Read(command, resolved.ParsedCommandLine!)));
        return ExitCode.Value;
    }

    private static async Task<int> Guarded(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception)
        {
            return Failure.Report(exception);
        }
    }
}
