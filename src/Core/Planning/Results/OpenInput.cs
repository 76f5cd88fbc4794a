using System.Text.Json.Serialization;
using SlmPlanner.Core.Findings;

namespace SlmPlanner.Core.Planning.Results;

/// <summary>Something that a request leaves open, and how its statement would narrow the interval of a candidate's step time.</summary>
/// <param name="Input">What is open.</param>
/// <param name="HalfWidth">Half of the step time's interval as a share of its middle, as it is.</param>
/// <param name="HalfWidthAfter">The same once it is stated, from the mean variance over the answers that it may have.</param>
/// <param name="Answers">Over how many answers that mean is taken.</param>
public sealed record OpenInput(InputName Input, double HalfWidth, double HalfWidthAfter, int Answers);

/// <summary>Inputs that a request may leave open.</summary>
public enum InputName
{
    /// <summary>The software stack by name.</summary>
    [JsonStringEnumMemberName("stack")] Stack,

    /// <summary>How the software's kernels come about: single operations, fused, compiled.</summary>
    [JsonStringEnumMemberName("kernels")] Kernels,

    /// <summary>A measured row of the user's own: the short run that <see cref="PlanResult.ShortRun"/> names.</summary>
    [JsonStringEnumMemberName("measured-row")] MeasuredRow,
}

/// <summary>What the request leaves open, and what stating it would tell.</summary>
/// <param name="Inputs">All that would narrow the interval, the most telling first; at least one.</param>
public sealed record InputsOpen(IReadOnlyList<OpenInput> Inputs) : Finding(Severity.Hint, "open-inputs");
