using SlmPlanner.Core.Planning.Explain;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Why candidates are rejected, which came nearest, and what would help.</summary>
internal static class RejectionWords
{
    /// <summary>The reasons for rejection.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Reason.OutOfMemory] = "out of memory",
        [Reason.OutOfHostMemory] = "out of the host's memory",
        [Reason.OverBudget] = "over budget",
        [Reason.PastDeadline] = "past the deadline",
        [Reason.OverBudgetAndPastDeadline] = "over budget and past the deadline",
        [Reason.NeverFinishes] = "stopped so often that it never finishes",
        [Reason.NotRentable] = "can't be had in that number or way",
        [Reason.NoNetworkData] = "no network data",
        [Reason.NoDatasheet] = "no datasheet",
        [Reason.NoPrice] = "no price",
        [Reason.MoreThanMaxGpus] = "more GPUs than allowed",
        [Reason.BatchTooSmallForGpus] = "global batch too small for the GPUs",
        [Reason.NotAsAsked] = "the sharing, precision, attention or offloading asked for is not possible on them",
        [Reason.NoOffer] = "no offer",
    };

    /// <summary>A reason; a plan of another version may have one that is read as it is spelt.</summary>
    public static string Of(string reason) => Reasons.GetValueOrDefault(reason) ?? Readable.Words(reason);

    /// <summary>The candidate that came nearest.</summary>
    public static string Of(NearestMiss miss) => miss switch
    {
        MemoryMiss memory =>
            $"{memory.Gpus} × {memory.Gpu}, {MachineWords.Of(memory.Setup)}: {Readable.Gib(memory.NeededBytes)} of"
                + $" {Readable.Gib(memory.UsableBytes)}",
        HostMiss host => $"{host.Gpus} × {host.Gpu}, {Of(host)}",
        LimitMiss limit =>
            $"{MachineWords.Of(limit.Machines)}, {MachineWords.Of(limit.Setup)}: up to {Readable.Usd(limit.CostUsd)} and"
                + $" {Readable.Hours(limit.Hours)}",
        DevicesLeftOut devices => string.Join(", ", devices.Gpus),
        ToldMiss told => told.Sentence,
        _ => throw new ArgumentOutOfRangeException(nameof(miss), miss, null),
    };

    private static string Of(HostMiss host) =>
        $"{MachineWords.Of(host.Setup)}: {Readable.Gib(host.NeededBytes)} of {Readable.Gib(host.UsableBytes)} of a host";

    /// <summary>The nearest miss of a limit; where none is near one, the most frequent reason.</summary>
    public static string Why(Rejections rejected)
    {
        if (rejected.Nearest() is { NearestMiss: { } miss, MissedBy: { } by } nearest)
            return $"the nearest is {Of(nearest.Reason)} by {Readable.Percent(by)}: {Of(miss)}";
        return rejected.Reasons.Count > 0
            ? $"{Readable.Count(rejected.Reasons[0].Count)} of {Readable.Count(rejected.Evaluated)} candidates fail:"
                + $" {Of(rejected.Reasons[0].Reason)}"
            : "the filters leave no offer";
    }

    /// <summary>What would make a request feasible.</summary>
    public static string Of(Remedy remedy) => remedy switch
    {
        RaiseBudget more => $"A budget of {Readable.Usd(more.Usd)} is enough, with {MachineWords.Of(more.Machines)}.",
        ExtendDeadline longer => $"A deadline of {Readable.Hours(longer.Hours)} is enough, with {MachineWords.Of(longer.Machines)}.",
        FewerTokens fewer => $"Up to {Readable.Count(fewer.Tokens)} tokens keep the limits, with {MachineWords.Of(fewer.Machines)}.",
        FuseLoss fused =>
            $"A loss in chunks (--loss fused) fits: {Readable.Gib(fused.PeakBytes)} a GPU, with {MachineWords.Of(fused.Machines)}.",
        OffloadActivations hosted => $"A loss in chunks and block inputs in the host's memory (--loss fused --offload activations) fit: "
            + $"{Readable.Gib(hosted.PeakBytes)} a GPU, with {MachineWords.Of(hosted.Machines)}.",
        SmallerEvaluation evaluation =>
            $"An evaluation of up to {evaluation.Sequences} {(evaluation.Sequences == 1 ? "sequence" : "sequences")} per GPU"
                + $" (--eval-batch {evaluation.Sequences}) fits, with {MachineWords.Of(evaluation.Machines)}.",
        SmallerModel smaller =>
            $"{smaller.Model} with {Readable.Count(smaller.Parameters)} parameters, trained on the same tokens, keeps the limits.",
        ToldRemedy told => told.Sentence,
        _ => throw new ArgumentOutOfRangeException(nameof(remedy), remedy, null),
    };

    /// <summary>Why there is no candidate of a kind.</summary>
    public static string Of(Absence absence) => absence switch
    {
        NotOffered => "the price catalog has no such offer.",
        FilteredOut filtered => $"{filtered.Offers} offers exist, but the filters of the request leave them out.",
        OffersLeftOut left => $"all {left.Offers} offers are left out: {Of(left.Reason)}.",
        NotRentable reach => $"{MachineWords.Of(reach.Machines)} can't be had without {AccessWords.Needs(reach.Access)} (--quota, "
            + $"--rent-by).",
        NothingFits large =>
            $"no setup fits; the nearest ({MachineWords.Of(large.Nearest)}) needs {Readable.Gib(large.NeededBytes)} of"
                + $" {Readable.Gib(large.UsableBytes)}.",
        HostTooSmall small => $"no setup fits the host's memory; the nearest is {Of(small.Nearest)}.",
        ClusterLeftOut cluster =>
            $"{cluster.Nodes} machines of {cluster.GpusPerNode} {(cluster.GpusPerNode == 1 ? "GPU" : "GPUs")} are left out:"
                + $" {Of(cluster.Reason)}.",
        NoSuchCount count =>
            $"offers have {string.Join(", ", count.GpusPerNode)} GPUs per machine, and machines are joined in powers of two, or all"
                + $" of them, up to {count.MaxGpus} GPUs.",
        NothingFeasible none => PlanReasons.None(none.Request, none.Rejected),
        _ => throw new ArgumentOutOfRangeException(nameof(absence), absence, null),
    };
}
