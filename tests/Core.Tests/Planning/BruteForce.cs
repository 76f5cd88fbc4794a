using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Tests.Planning;

/// <summary>
/// Every candidate of a request by plain loops: no sharing between offers, no bisection, no pruning. Written apart from
/// the search, on the models of time and memory alone; money is that of <see cref="PlainRun"/>.
/// </summary>
internal static class BruteForce
{
    public sealed record Candidate(string Gpu, int Gpus, double CostUsd, double Hours, double LimitCostUsd, double LimitHours, bool Keeps);

    public static List<Candidate> Candidates(PlanRequest request, PlanningInputs inputs)
    {
        var found = new List<Candidate>();
        foreach (var offer in inputs.Offers)
        {
            var device = inputs.Devices[offer.Gpu];
            for (var nodes = 1; nodes * offer.GpusPerNode <= request.MaxGpus && nodes <= (offer.Stock ?? nodes); nodes++)
            {
                if (!IsTried(nodes, request, [.. inputs.Offers.Where(other => (other.Gpu, other.GpusPerNode, other.Link) == (offer.Gpu, offer.GpusPerNode, offer.Link))]))
                    continue;
                if (nodes > 1 && offer.Link?.InterNodeGbitS is null)
                    break;
                foreach (var setup in Setups(request, device, offer.GpusPerNode, nodes))
                {
                    if (Fits(request, device, setup))
                        found.AddRange(Priced(request, inputs, offer, nodes, device, setup));
                }
            }
        }
        return found;
    }

    /// <summary>Powers of two, the most allowed, all of an offer, and any number of own machines; on all offers of the same hardware.</summary>
    private static bool IsTried(int nodes, PlanRequest request, IReadOnlyList<Offer> alike) =>
        int.PopCount(nodes) == 1
        || (nodes + 1) * alike[0].GpusPerNode > request.MaxGpus
        || alike.Any(offer => nodes == offer.Stock || (offer.Owned && nodes < offer.Stock));

    private static IEnumerable<TrainingSetup> Setups(PlanRequest request, Accelerator device, int gpusPerNode, int nodes)
    {
        var modern = device.Bf16Tflops is not null;
        var gpus = gpusPerNode * nodes;
        foreach (var scheme in Scheme.All)
        {
            if (scheme != Scheme.Ddp && gpus == 1)
                continue;
            if (scheme == Scheme.Hsdp && (nodes == 1 || gpusPerNode == 1))
                continue;
            foreach (var recomputation in Enum.GetValues<Recomputation>())
            {
                if (recomputation == Recomputation.Attention && modern)
                    continue;
                var family = new TrainingSetup(request.SeqLen!.Value, 1, 1, scheme.On(gpus, gpusPerNode),
                    modern ? Precision.Bf16Mixed : Precision.Fp16Mixed, modern ? AttentionKind.Flash : AttentionKind.Vanilla, recomputation, false);
                foreach (var setup in MicroBatches(request, device, family))
                    yield return setup;
            }
        }
    }

    /// <summary>Powers of two, all at once, and the largest that fits evened out over its accumulation; within a quarter of the global batch.</summary>
    private static IEnumerable<TrainingSetup> MicroBatches(PlanRequest request, Accelerator device, TrainingSetup family)
    {
        var sequences = request.GlobalBatchTokens / (family.SeqLen * (double)family.Gpus);
        var micros = new SortedSet<int>();
        var largest = 0;
        for (var micro = 1; micro <= sequences * 1.25; micro++)
        {
            if (int.PopCount(micro) == 1)
                micros.Add(micro);
            if (Fits(request, device, family with { MicroBatch = micro, GradAccum = 2 }))
                largest = micro;
            if (micro == Math.Round(sequences))
                micros.Add(micro);
        }
        if (largest > 0)
            micros.Add(Math.Max(1, Math.Min(largest, (int)Math.Round(sequences / Math.Max(1, Math.Ceiling(sequences / largest))))));
        foreach (var micro in micros)
        {
            var accumulation = Math.Max(1, (int)Math.Round(sequences / micro));
            var ratio = accumulation * micro / sequences;
            if (ratio is >= 0.8 and <= 1.25)
                yield return family with { MicroBatch = micro, GradAccum = accumulation };
        }
    }

    private static bool Fits(PlanRequest request, Accelerator device, TrainingSetup setup) =>
        Math.Log(device.MemoryGib / new MemoryModel(request.Model!).Predict(setup).Total.GiB)
            >= StudentT.InvCDF(0, 1, 4, request.Confidence) * PlanningWorld.MemoryLogSpread;

    private static IEnumerable<Candidate> Priced(
        PlanRequest request, PlanningInputs inputs, Offer offer, int nodes, Accelerator device, TrainingSetup setup)
    {
        var time = inputs.Performance.Bind(request.Model!, device, offer.Link, request.Stack, request.Confidence);
        var assumed = inputs.Risk.Assumptions;
        var checkpoint = new Bytes(ParameterCount.Of(request.Model!).Total * assumed.CheckpointBytesPerParameter);
        var stored = new Bytes(assumed.CheckpointsKept * checkpoint.Count + assumed.DatasetBytesPerToken * request.Tokens!.Value);
        foreach (var (usd, spot) in new[] { (offer.OnDemandUsdPerHour, false), (request.Spot ? offer.SpotUsdPerHour : null, true) })
        {
            if (usd is null)
                continue;
            var run = new RunDemand
            {
                StepSeconds = time.Predict(setup).TotalSeconds,
                Steps = request.Tokens!.Value / setup.TokensPerStep,
                Nodes = nodes,
                UsdPerHour = usd.Value * nodes,
                StorageUsdPerHour = stored.GiB * (offer.StorageUsdPerGibMonth ?? 0) / 730.485,
                EgressUsd = checkpoint.GiB * (offer.EgressUsdPerGib ?? 0),
                Checkpoint = checkpoint,
                Spot = spot,
                Compile = setup.Compile,
                Billing = offer.TermMonths is { } months ? new(months * 730.485 * 3600, 0) : inputs.Risk.BillingOf(offer.Provider),
            };
            var spread = time.LogSpread(setup);
            var expected = PlainRun.Expected(assumed, run, spread);
            var limit = PlainRun.Limit(assumed, run, spread, Normal.InvCDF(0, 1, request.Confidence));
            if (double.IsFinite(limit.Hours + limit.CostUsd + expected.Hours + expected.CostUsd))
            {
                yield return new(offer.Gpu, setup.Gpus, expected.CostUsd, expected.Hours, limit.CostUsd, limit.Hours,
                    limit.CostUsd <= (request.BudgetUsd ?? double.MaxValue) && limit.Hours <= (request.DeadlineHours ?? double.MaxValue));
            }
        }
    }
}
