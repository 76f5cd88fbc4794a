namespace SlmPlanner.Presentation.CommandLine;

/// <summary>The exit code of the command that ran; null while none has.</summary>
internal sealed class Outcome
{
    /// <summary>The code.</summary>
    public int? Code { get; set; }
}
