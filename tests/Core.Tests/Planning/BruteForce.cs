using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
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

    /// <param name="request">The request.</param>
    /// <param name="inputs">Catalog and models.</param>
    /// <param name="isExhaustive">Whether every way to share the model is a candidate, or only those that could be faster than the fastest
    /// without.</param>
    public static List<Candidate> Candidates(PlanRequest request, PlanningInputs inputs, bool isExhaustive = false)
    {
        var found = new List<Candidate>();
        foreach (var offer in inputs.Offers)
        {
            var device = inputs.Devices[offer.Gpu];
            for (var nodes = 1; nodes * offer.GpusPerNode <= request.MaxGpus && nodes <= (offer.Stock ?? nodes); nodes++)
            {
                if (!IsTried(nodes, request, [.. inputs.Offers.Where(other =>
                    (other.Gpu, other.GpusPerNode, other.Link, HostGib(request, other))
                        == (offer.Gpu, offer.GpusPerNode, offer.Link, HostGib(request, offer)))]))
                    continue;
                if (nodes > 1 && offer.Link?.InterNodeGbitS is null)
                    break;
                foreach (var setup in Tried(request, inputs, offer, device, nodes, isExhaustive))
                    found.AddRange(Priced(request, inputs, offer, nodes, device, setup));
            }
        }
        return found;
    }

    /// <summary>
    /// Powers of two, the most allowed, all of an offer, and any number of own machines; on all offers of the same hardware.
    /// </summary>
    private static bool IsTried(int nodes, PlanRequest request, IReadOnlyList<Offer> alike) =>
        int.PopCount(nodes) == 1
        || (nodes + 1) * alike[0].GpusPerNode > request.MaxGpus
        || alike.Any(offer => nodes == offer.Stock || (offer.Owned && nodes < offer.Stock));

    private static List<TrainingSetup> Tried(
        PlanRequest request, PlanningInputs inputs, Offer offer, Accelerator device, int nodes, bool isExhaustive)
    {
        var time = inputs.Performance.Bind(request.Model!, device, offer.Link, request.Stack, request.Confidence);
        var deviations = Normal.InvCDF(0, 1, request.Confidence);
        double PerToken(TrainingSetup setup) => time.Predict(setup).TotalSeconds / setup.TokensPerStep;
        double Expected(TrainingSetup setup, double spread) => PerToken(setup) * Math.Exp(spread * spread / 2);
        double AtLimit(TrainingSetup setup, double spread) => PerToken(setup) * Math.Exp(deviations * spread);
        var host = HostGib(request, offer);
        var shared = Setups(request, device, host, offer.GpusPerNode, nodes).ToList();
        List<TrainingSetup> tried = [.. shared.Where(setup => Fits(request, device, host, setup))];
        if (offer.GpusPerNode * nodes == 1 || shared.Count == 0 || (tried.Count > 0 && !inputs.TriesSplits && !isExhaustive))
            return tried;
        var (expected, atLimit) = (
            tried.Select(setup => Expected(setup, time.LogSpread(setup))).Append(double.PositiveInfinity).Min(),
            tried.Select(setup => AtLimit(setup, time.LogSpread(setup))).Append(double.PositiveInfinity).Min());
        foreach (var layout in Splits(request, device, offer.GpusPerNode, nodes))
        {
            var families = Families(request, device, layout).ToList();
            var quickest = families.Select(family => family with { Recomputation = Recomputation.None, Offload = Offload.None });
            if (isExhaustive || quickest.SelectMany(family => MicroBatches(request, null, null, family)).Any(setup =>
                Expected(setup, time.LeastLogSpread(setup)) < expected || AtLimit(setup, time.LeastLogSpread(setup)) < atLimit))
                tried.AddRange(families.SelectMany(family => MicroBatches(request, device, host, family))
                    .Where(setup => Fits(request, device, host, setup)));
        }
        return tried;
    }

    /// <summary>
    /// Tensor parallelism inside a machine, a pipeline over machines (inside one where devices have no link of their own), sequences of
    /// 16k tokens and more shared inside a machine, experts inside a machine, and what these are together. Where blocks are frozen, one
    /// part for each stage; where experts are shared, full sharding inside machines too.
    /// </summary>
    private static IEnumerable<Layout> Splits(PlanRequest request, Accelerator device, int gpusPerNode, int nodes)
    {
        var model = request.Model!;
        var isFrozen = request.Tuning is { Method: TuningMethod.Freeze };
        var (gpus, mostStages) = (gpusPerNode * nodes, nodes > 1 ? nodes : device.HasModuleLink() ? 1 : gpusPerNode);
        foreach (var (tensor, context, experts) in Inside(request, gpusPerNode))
            for (var stages = 1; stages <= mostStages; stages *= 2)
                for (var parts = 1; parts <= (stages > 1 && !isFrozen ? 2 : 1); parts++)
                    foreach (var name in new[] { SchemeName.Ddp, SchemeName.Zero1, SchemeName.FsdpFull, SchemeName.Hsdp })
                    {
                        var ranks = tensor * context * stages;
                        if (ranks * experts == 1 || gpus % ranks != 0 || (name != SchemeName.Ddp && gpus == ranks)
                            || (name is SchemeName.FsdpFull or SchemeName.Hsdp && stages > 1)
                            || (name == SchemeName.Hsdp && (experts == 1 || nodes == 1))
                            || model.Heads % tensor != 0 || model.DFfn % tensor != 0 || stages * parts > model.Layers
                            || !Holds(name, experts, gpus / ranks, context, gpusPerNode / (tensor * context))
                            || model.Blocks.Any(run => run.Block.FeedForward is Experts mixture
                                && (mixture.Count % experts != 0 || mixture.Width % tensor != 0)))
                            continue;
                        yield return new Scheme(name, Tensor: tensor, Pipeline: stages, Context: context, Expert: experts,
                            SequenceParallel: tensor > 1, Chunks: parts).On(gpus, gpusPerNode);
                    }
    }

    /// <summary>True where so many ranks with experts divide those that see other tokens and the groups that share states.</summary>
    private static bool Holds(SchemeName name, int experts, int dataRanks, int context, int inNode)
    {
        if (dataRanks * context % experts != 0)
            return false;
        var group = Enumerable.Range(1, dataRanks).Last(size => dataRanks % size == 0 && size <= Math.Max(1, inNode));
        var sharing = context * (name switch { SchemeName.Ddp => 0, SchemeName.Hsdp => group, _ => dataRanks });
        return sharing == 0 || sharing % experts == 0 || experts % sharing == 0;
    }

    /// <summary>Ranks that share multiplies, sequences and experts.</summary>
    private static IEnumerable<(int Tensor, int Context, int Experts)> Inside(PlanRequest request, int gpusPerNode)
    {
        for (var tensor = 1; tensor <= gpusPerNode; tensor *= 2)
            for (var context = 1; context <= (request.SeqLen >= 16_384 ? gpusPerNode / tensor : 1); context *= 2)
                for (var experts = 1; experts <= (request.Model!.HasExperts ? gpusPerNode / tensor : 1); experts *= 2)
                    yield return (tensor, context, experts);
    }

    /// <summary>Memory of the host where something may wait in it.</summary>
    private static double? HostGib(PlanRequest request, Offer offer) =>
        request.Offloads?.Contains(Offload.Activations) == true ? offer.HostMemoryGib : null;

    private static IEnumerable<TrainingSetup> Setups(PlanRequest request, Accelerator device, double? hostGib, int gpusPerNode, int nodes)
    {
        var gpus = gpusPerNode * nodes;
        foreach (var scheme in Scheme.All)
        {
            if (scheme != Scheme.Ddp && gpus == 1)
                continue;
            if (scheme == Scheme.Hsdp && (nodes == 1 || gpusPerNode == 1))
                continue;
            foreach (var setup in Families(request, device, scheme.On(gpus, gpusPerNode))
                .SelectMany(family => MicroBatches(request, device, hostGib, family)))
                yield return setup;
        }
    }

    private static IEnumerable<TrainingSetup> Families(PlanRequest request, Accelerator device, Layout layout)
    {
        var modern = device.Bf16Tflops is not null;
        foreach (var recomputation in Enum.GetValues<Recomputation>())
        {
            if (recomputation == Recomputation.Attention && modern)
                continue;
            foreach (var loss in request.Losses ?? [LossForm.Whole])
                foreach (var offload in request.Offloads ?? [Offload.None])
                    if ((loss == LossForm.Whole || layout.Mesh.Tensor == 1)
                        && (offload == Offload.None || recomputation == Recomputation.Full))
                        yield return new TrainingSetup(request.SeqLen!.Value, 1, 1, layout,
                            modern ? Precision.Bf16Mixed : Precision.Fp16Mixed, modern ? AttentionKind.Flash : AttentionKind.Vanilla,
                            recomputation, false)
                        {
                            Loss = new(loss, loss == LossForm.Chunked ? request.LossChunks ?? 8 : 0), Offload = offload,
                            Tuning = request.Tuning ?? default, ExpertImbalance = request.ExpertImbalance ?? 0,
                        };
        }
    }

    /// <summary>
    /// Powers of two, all at once, and the largest that fits evened out over its accumulation; within a quarter of the global batch.
    /// Without a device any may be the largest.
    /// </summary>
    private static IEnumerable<TrainingSetup> MicroBatches(
        PlanRequest request, Accelerator? device, double? hostGib, TrainingSetup family)
    {
        var sequences = request.GlobalBatchTokens / (family.SeqLen * (double)family.Mesh.DataRanks);
        var micros = new SortedSet<int>();
        var largest = 0;
        int EvenedOut(int micro) =>
            Math.Max(1, Math.Min(micro, (int)Math.Round(sequences / Math.Max(1, Math.Ceiling(sequences / micro)))));
        for (var micro = 1; micro <= sequences * 1.25; micro++)
        {
            if (int.PopCount(micro) == 1)
                micros.Add(micro);
            if (device is null)
                micros.Add(EvenedOut(micro));
            else if (Fits(request, device, hostGib, family with { MicroBatch = micro, GradAccum = 2 * family.Mesh.Pipeline }))
                largest = micro;
            if (micro == Math.Round(sequences))
                micros.Add(micro);
        }
        if (largest > 0)
            micros.Add(EvenedOut(largest));
        foreach (var micro in micros)
        {
            var accumulation = Math.Max(1, (int)Math.Round(sequences / micro));
            var ratio = accumulation * micro / sequences;
            if (ratio is >= 0.8 and <= 1.25 && (family.Layout.Chunks == 1 || accumulation % family.Mesh.Pipeline == 0))
                yield return family with { MicroBatch = micro, GradAccum = accumulation };
        }
    }

    private static bool Fits(PlanRequest request, Accelerator device, double? hostGib, TrainingSetup setup) =>
        (hostGib is null || new MemoryModel(request.Model!).HostBytes(setup) * Math.Min(setup.Gpus, setup.GpusPerNode)
            <= 0.8 * hostGib * (1L << 30)) &&
        Math.Log(device.MemoryGib / new MemoryModel(request.Model!).Predict(setup).Total.GiB)
            >= StudentT.InvCDF(0, 1, 4, request.Confidence) * PlanningWorld.MemoryLogSpread;

    private static IEnumerable<Candidate> Priced(
        PlanRequest request, PlanningInputs inputs, Offer offer, int nodes, Accelerator device, TrainingSetup setup)
    {
        var time = inputs.Performance.Bind(request.Model!, device, offer.Link, request.Stack, request.Confidence);
        var assumed = inputs.Risk.Assumptions;
        var kept = request.Tuning is { HasAdapters: true } tuning
            ? TrainableCount.Of(request.Model!).Of(tuning) : ParameterCount.Of(request.Model!).Total;
        var checkpoint = new Bytes(kept * assumed.CheckpointBytesPerParameter);
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
