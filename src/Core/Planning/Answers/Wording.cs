using SlmPlanner.Core.Planning.Search;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Answers;

/// <summary>Machines and setups in words.</summary>
internal static class Wording
{
    /// <summary>Machines of a candidate, for example <c>2 × aws p4d.24xlarge (16 × A100-40GB-SXM) in us-east-1</c>.</summary>
    public static string Machines(OfferTally tally) =>
        $"{tally.Nodes} × {tally.Offer.Offer.Provider} {tally.Offer.Offer.InstanceType} ({tally.Gpus} × {tally.Offer.Offer.Gpu}) in {tally.Offer.Offer.Region}{(tally.Offer.Spot ? ", spot" : "")}{(tally.Offer.Offer.TermMonths is { } months ? $", reserved for {Months(months)}" : "")}";

    private static string Months(double months) => months == 1 ? "1 month" : $"{Readable.Number(months)} months";

    /// <summary>A setup, for example <c>ddp, micro-batch 8 × 4</c>.</summary>
    public static string Setup(in TrainingSetup setup) =>
        $"{Scheme.Of(setup.Layout)}, micro-batch {setup.MicroBatch} × {setup.GradAccum}, recomputation {DeclaredName.Of(setup.Recomputation)}";
}
