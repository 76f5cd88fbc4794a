namespace SlmPlanner.Core.Planning.Results;

/// <summary>Which measurements a plan's predicted speed rests on, and by how much each moves it.</summary>
public sealed record PlanEvidence
{
    /// <summary>The GPU whose step is predicted.</summary>
    public required string Gpu { get; init; }

    /// <summary>Seconds of a step, median.</summary>
    public required double StepSeconds { get; init; }

    /// <summary>Rows of the fit, learned runs included.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows of the GPU itself.</summary>
    public required int RowsOfGpu { get; init; }

    /// <summary>Publications and own set-ups, those that hold most first.</summary>
    public required IReadOnlyList<EvidencePart> Sources { get; init; }

    /// <summary>Single rows, those that hold most first; not all of them.</summary>
    public required IReadOnlyList<EvidencePart> SingleRows { get; init; }

    /// <summary>Every learned run, those that hold most first.</summary>
    public required IReadOnlyList<EvidencePart> Own { get; init; }
}

/// <summary>One or several rows and what they do to a predicted step time.</summary>
/// <param name="Name">The row, or the publication.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Gpus">The devices of the rows.</param>
/// <param name="Stacks">Their software.</param>
/// <param name="IsOwn">True for runs that the user learned.</param>
/// <param name="StepChange">How much longer the predicted step is for them, as a share: 0.03 is three per cent longer, below 0
/// shorter.</param>
/// <param name="WidthWithout">Width of the interval without them over its width with them, on a logarithmic axis; ≥ 1.</param>
/// <param name="Residual">For a single row, its measured step over the fitted one, less 1; null for several.</param>
public sealed record EvidencePart(
    string Name, int Rows, IReadOnlyList<string> Gpus, IReadOnlyList<string> Stacks, bool IsOwn, double StepChange, double WidthWithout,
        double? Residual)
{
    /// <summary>How much the rows matter: what they move, and what they take off the width.</summary>
    public double Weight => Math.Abs(Math.Log(1 + StepChange)) + Math.Log(WidthWithout);
}
