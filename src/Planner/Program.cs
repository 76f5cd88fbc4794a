using SlmPlanner.Presentation.CommandLine.Parsing;

namespace SlmPlanner.Planner;

/// <summary>Entry of <c>slm-plan</c>: command → request → search → models → result → report.</summary>
internal static class Program
{
    private static int Main(string[] args) => Shell.Run(args, Services.Add, Commands.CommandList.Table);
}
