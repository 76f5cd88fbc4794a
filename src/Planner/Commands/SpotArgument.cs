namespace SlmPlanner.Planner.Commands;

/// <summary>
/// <c>--spot auto</c> means the same as <c>--spot</c>: both prices are considered, and which is rented is decided by cost
/// at the confidence asked, interruptions counted.
/// </summary>
internal static class SpotArgument
{
    private const string Option = "--spot";
    private const string Auto = "auto";

    /// <summary>The arguments with the value after the option left out.</summary>
    public static string[] Read(string[] args) =>
        [.. args.Where((argument, index) => argument != Auto || index == 0 || args[index - 1] != Option)
            .Select(argument => argument == $"{Option}={Auto}" ? Option : argument)];
}
