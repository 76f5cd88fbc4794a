using Microsoft.Extensions.DependencyInjection;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.CommandLine.Parsing;

namespace SlmPlanner.Planner.Tests.Commands;

/// <summary>Runs the program in this process and keeps what it prints.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    /// <summary>One run at a time: the console belongs to the process.</summary>
    private static readonly Lock Console = new();

    /// <summary>Today, by the machine's clock.</summary>
    public static CommandRun Of(params string[] args) => Of(TimeProvider.System, args);

    /// <summary>At another time.</summary>
    public static CommandRun Of(TimeProvider clock, params string[] args)
    {
        lock (Console)
        {
            var (output, errors) = (System.Console.Out, System.Console.Error);
            using var capturedOutput = new StringWriter();
            using var capturedErrors = new StringWriter();
            System.Console.SetOut(capturedOutput);
            System.Console.SetError(capturedErrors);
            try
            {
                var code = Shell.Run(args, services =>
                {
                    Services.Add(services);
                    services.AddSingleton(clock);
                }, Planner.Commands.CommandList.Table);
                return new(code, capturedOutput.ToString(), capturedErrors.ToString());
            }
            finally
            {
                System.Console.SetOut(output);
                System.Console.SetError(errors);
                Environment.ExitCode = 0;
            }
        }
    }
}
