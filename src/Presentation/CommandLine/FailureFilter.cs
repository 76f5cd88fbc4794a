using Cocona.Command.Binder;
using Cocona.Filters;
using SlmPlanner.Core;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>Turns what a command throws into one message on standard error and an exit code.</summary>
internal sealed class FailureFilter(Outcome outcome) : ICommandFilter
{
    /// <inheritdoc/>
    public async ValueTask<int> OnCommandExecutionAsync(CoconaCommandExecutingContext ctx, CommandExecutionDelegate next)
    {
        var code = await Execute(ctx, next);
        outcome.Code = code;
        return code;
    }

    private static async ValueTask<int> Execute(CoconaCommandExecutingContext ctx, CommandExecutionDelegate next)
    {
        try
        {
            return await next(ctx);
        }
        catch (InputException exception)
        {
            return Report(exception.Message, ExitCode.BadInput);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException)
        {
            return Report(exception.Message, ExitCode.BadInput);
        }
        catch (ParameterBinderException exception) when (exception.Result == ParameterBinderResult.InsufficientOptionValue && exception.Option is { } option)
        {
            return Report($"--{option.Name} needs a value", ExitCode.BadInput);
        }
        catch (ParameterBinderException exception) when (exception.Result == ParameterBinderResult.InsufficientOption && exception.Option is { } option)
        {
            return Report($"--{option.Name} is missing: {option.Description}", ExitCode.BadInput);
        }
        catch (OperationCanceledException)
        {
            return Report("stopped", ExitCode.Unexpected);
        }
        catch (Exception exception)
        {
            return Report($"unexpected: {exception.GetType().Name}: {exception.Message}", ExitCode.Unexpected);
        }
    }

    private static int Report(string message, int code)
    {
        Console.Error.WriteLine($"error: {message}");
        return code;
    }
}
