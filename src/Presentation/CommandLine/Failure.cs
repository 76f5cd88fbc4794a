using SlmPlanner.Core;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>What a command throws, as one message on standard error and an exit code.</summary>
internal static class Failure
{
    /// <summary>Writes the message and returns the code.</summary>
    public static int Report(Exception exception)
    {
        var (message, code) = exception switch
        {
            InputException or UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException =>
                (exception.Message, ExitCode.BadInput),
            OperationCanceledException => ("stopped", ExitCode.Unexpected),
            _ => ($"unexpected: {exception.GetType().Name}: {exception.Message}", ExitCode.Unexpected),
        };
        Console.Error.WriteLine($"error: {message}");
        return code;
    }
}
