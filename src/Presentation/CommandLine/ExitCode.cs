namespace SlmPlanner.Presentation.CommandLine;

/// <summary>Exit codes of both programs.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Something unexpected: a defect, or a machine that failed.</summary>
    public const int Unexpected = 1;

    /// <summary>Bad input; the message says which and how to mend it.</summary>
    public const int BadInput = 2;

    /// <summary>No plan keeps the limits.</summary>
    public const int NoFeasiblePlan = 3;

    /// <summary>An accuracy check failed.</summary>
    public const int AccuracyCheckFailed = 4;

    /// <summary>A run's forecast breaks its plan.</summary>
    public const int ForecastBreaksPlan = 5;
}
