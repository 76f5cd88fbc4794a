using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Machines and setups.</summary>
internal static class MachineWords
{
    /// <summary>How price lists name a price that holds in every region.</summary>
    private const string AnyRegion = "any";

    /// <summary>Machines, for example <c>2 × aws p4d.24xlarge (16 × A100-40GB-SXM) in us-east-1</c>.</summary>
    public static string Of(Machines machines) =>
        $"{machines.Nodes} × {machines.Provider} {machines.InstanceType} ({machines.Gpus} × {machines.Gpu})"
            + $"{(machines.Region == AnyRegion ? "" : $" in {machines.Region}")}{Terms(machines)}";

    /// <summary>The machines of a candidate.</summary>
    public static string Of(Candidate candidate) => Of(Machines.Of(candidate));

    /// <summary>A setup, for example <c>DDP, micro-batch 8 × 4, recomputation none</c>.</summary>
    public static string Of(in TrainingSetup setup) =>
        $"{CandidateText.Name(Scheme.Of(setup.Layout))}, micro-batch {setup.MicroBatch} × {setup.GradAccum}, recomputation"
            + $" {CandidateText.Name(setup.Recomputation)}"
            + LongSequenceWords.After(setup.Loss.IsWhole ? null : setup.Loss.Form, setup.KeepsInputsOnHost)
            + EvaluationWords.After(setup.EvalBatch);

    private static string Terms(Machines machines) =>
        (machines.Spot ? ", spot" : "") + machines.TermMonths switch
        {
            null => "",
            1 => ", reserved for 1 month",
            { } months => $", reserved for {Readable.Number(months)} months",
        };
}
