namespace SlmPlanner.Core.Measurements;

/// <summary>
/// One training configuration, measured or asked for: a published row, a burst of the calibrator, a log of a real run. What its source
/// does not say is null, never a guess.
/// </summary>
public sealed record Observation
{
    /// <summary>The version of the form in which observations are written.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the form.</summary>
    public int SchemaVersion { get; init; } = CurrentVersion;

    /// <summary>
    /// Name by which its source or file calls it. The id of its content is another thing: it stays when the name changes.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>Where it comes from.</summary>
    public required ObservationSource From { get; init; }

    /// <summary>The machine.</summary>
    public required ObservedMachine Machine { get; init; }

    /// <summary>The software.</summary>
    public ObservedSoftware Stack { get; init; } = new();

    /// <summary>The model.</summary>
    public required ObservedModel Model { get; init; }

    /// <summary>How a step was run on one rank.</summary>
    public required ObservedRecipe Recipe { get; init; }

    /// <summary>How the step was divided among ranks.</summary>
    public ObservedMesh Mesh { get; init; } = new();

    /// <summary>The measured speed; null for a configuration to predict.</summary>
    public ObservedSpeed? Speed { get; init; }

    /// <summary>The measured memory; null where none was reported.</summary>
    public ObservedMemory? Memory { get; init; }

    /// <summary>The plan that the run followed; null where there was none.</summary>
    public string? PlanId { get; init; }

    /// <summary>Why it must not be used as evidence; null where it may.</summary>
    public string? LeftOut { get; init; }

    /// <summary>
    /// What its set-up was chosen from: the source says that the speed is the best over some set-ups, and of those this one is the best by
    /// the fit. Such a row is fitted and never judged. Null where the source states the set-up.
    /// </summary>
    public string? BestOf { get; init; }

    /// <summary>False of rows whose set-up the fit itself chose: they say nothing of how right a prediction is.</summary>
    internal bool IsJudged => BestOf is null;

    /// <summary>What else the source says.</summary>
    public string? Notes { get; init; }

    /// <summary>Measured tokens per second and device; null where nothing was measured.</summary>
    public double? TokensPerSecondPerGpu => Speed?.TokensPerSecondPerGpu;
}

/// <summary>Where an observation comes from.</summary>
/// <param name="Source">Publication, or the run that measured it.</param>
/// <param name="Date">Date of the publication or the measurement, as text.</param>
/// <param name="File">The file that it was read from.</param>
/// <param name="Line">The line on which it starts there, from 1.</param>
/// <param name="By">The program or the person that measured it.</param>
public sealed record ObservationSource(
    string? Source = null, string? Date = null, string? File = null, int? Line = null, string? By = null);
