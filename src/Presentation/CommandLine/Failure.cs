using System.Diagnostics;
using SlmPlanner.Core;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>What a command throws, as one message on standard error and an exit code.</summary>
internal static class Failure
{
    /// <summary>Innermost calls that the message of a failure nobody expected names, so that a report of it says where it is.</summary>
    private const int CallsNamed = 4;

    /// <summary>Writes the message and returns the code.</summary>
    public static int Report(Exception exception)
    {
        var (message, code) = exception switch
        {
            InputException or UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException =>
                (exception.Message, ExitCode.BadInput),
            OperationCanceledException => ("stopped", ExitCode.Unexpected),
            _ => ($"unexpected: {exception.GetType().Name}: {exception.Message}{Place(exception)}", ExitCode.Unexpected),
        };
        Console.Error.WriteLine($"error: {message}");
        return code;
    }

    /// <summary>Where it arose: the innermost calls, last one first.</summary>
    private static string Place(Exception exception)
    {
        var calls = new StackTrace(exception).GetFrames().Take(CallsNamed).Select(frame => frame.GetMethod())
            .Select(method => $"{method?.DeclaringType?.Name}.{method?.Name}");
        return $" (in {string.Join(" < ", calls)})";
    }
}
