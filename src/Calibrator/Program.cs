using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator;

/// <summary>Entry of <c>slm-calibrate</c>: burst matrix → bursts → measurements → fit → profile → report.</summary>
internal static class Program
{
    private static int Main(string[] args) => Shell.Run(args, _ => { }, Commands.CommandList.Add);
}
