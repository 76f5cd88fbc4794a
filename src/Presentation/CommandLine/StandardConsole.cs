using Spectre.Console;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>The console that tables are written to: standard output.</summary>
public static class StandardConsole
{
    private const int WidthOfFiles = 132;

    /// <summary>As wide as the terminal; a fixed width when output goes to a file or another program.</summary>
    public static IAnsiConsole Create()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthOfFiles;
        return console;
    }
}
