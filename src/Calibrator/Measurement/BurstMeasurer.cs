using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Core;
using SlmPlanner.Core.Findings;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Calibrator.Measurement;

/// <summary>Measures bursts: one child process for time and one for memory, put together as one result.</summary>
/// <param name="device">cpu or cuda:N.</param>
/// <param name="deviceName">The device's name in profiles.</param>
/// <param name="clock">Times the utilisation samples.</param>
/// <param name="launch">How to start ranks that train together; null for one process.</param>
internal sealed class BurstMeasurer(string device, string deviceName, TimeProvider clock, LaunchOptions? launch = null)
{
    private readonly int _ranks = launch?.Ranks ?? 1;

    private const int MemorySteps = 2;

    /// <summary>Measures one burst. A burst that runs out of memory or breaks is a result with that status.</summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="budgetSeconds">Seconds for the timed steps; null for exactly the spec's steps.</param>
    /// <param name="withMemory">False to leave the memory pass out.</param>
    /// <param name="withBare">True to run the bare loop beside it too.</param>
    /// <param name="stop">Kills the child and throws.</param>
    public async Task<BurstResult> Measure(BurstSpec spec, double? budgetSeconds, bool withMemory, bool withBare, CancellationToken stop)
    {
        Refuse(spec, _ranks);
        UtilisationSampler? sampler = null;
        var time = await RankProcess.Run(spec, RankPurpose.Time, device, budgetSeconds, id => sampler = Sampler(id), launch, stop);
        if (time.Status != BurstStatus.Ok)
            return new() { Spec = spec, Device = deviceName, Ranks = _ranks, Status = time.Status, Message = time.Message,
                Torch = time.Torch };
        var memory = withMemory ? await Memory(spec, stop) : null;
        var bare = withBare && _ranks == 1 ? await RankProcess.Run(spec, RankPurpose.Bare, device, budgetSeconds, null, null, stop) : null;
        return Together(spec, time, memory, bare, sampler?.Samples ?? []);
    }

    /// <summary>
    /// Measures one configuration in every scheme of <see cref="SchemeRace.Schemes"/>, step by step in turn; in their order.
    /// </summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="budgetSeconds">Seconds for the steps of all.</param>
    /// <param name="withMemory">True to measure the memory of its own scheme too.</param>
    /// <param name="stop">Ends the ranks and throws.</param>
    public async Task<IReadOnlyList<BurstResult>> Race(BurstSpec spec, double budgetSeconds, bool withMemory, CancellationToken stop)
    {
        var report = await RankProcess.Run(spec, RankPurpose.Race, device, budgetSeconds, null, launch, stop);
        var memory = withMemory && report.Race is not null ? await Memory(spec, stop) : null;
        return [.. SchemeRace.Schemes.Select((scheme, place) => (Spec: spec with { Parallelism = scheme }, Samples: report.Race?[place]))
            .Select(lane => lane.Samples is { } samples
                ? Together(lane.Spec, report with { Samples = samples }, lane.Spec == spec ? memory : null, null, [])
                : new() { Spec = lane.Spec, Device = deviceName, Ranks = _ranks, Status = report.Status, Message = report.Message,
                    Torch = report.Torch })];
    }

    /// <summary>
    /// Measures as one of the ranks that an outer launcher started: every rank in this process, time and memory in one pass.
    /// </summary>
    public BurstResult MeasureAsRank(BurstSpec spec, RankGroup group)
    {
        Refuse(spec, group.Size);
        var where = group.Cuda is { } index ? $"cuda:{index}" : device;
        var report = RankWork.Run(spec, RankPurpose.Both, where, StoppingRules.Fixed(spec.Warmup, spec.Steps), group,
            CancellationToken.None);
        var result = Together(spec, report, report, null, []);
        var inexact = new MemoryAndTimeTogether();
        return result with { Findings = [.. result.Findings, FindingWords.Told(inexact)] };
    }

    private Task<RankReport> Memory(BurstSpec spec, CancellationToken stop) =>
        RankProcess.Run(spec with { Warmup = 0, Steps = MemorySteps }, RankPurpose.Memory, device, null, null, launch, stop);

    private BurstResult Together(
        BurstSpec spec, RankReport time, RankReport? memory, RankReport? bare, IReadOnlyList<UtilisationSample> utilisation)
    {
        var measured = time.Samples.Where(sample => !sample.Warmup).ToArray();
        var step = StepTimeSummary.Of([.. measured.Select(sample => sample.StepSeconds)]);
        return new()
        {
            Spec = spec,
            Device = deviceName,
            Ranks = _ranks,
            RanksPerHost = time.RanksPerHost,
            Status = memory?.Status ?? BurstStatus.Ok,
            Message = memory?.Message,
            StepTimeS = step,
            TokensPerS = _ranks * spec.TokensPerStep / step.Median,
            ComponentsS = Components(measured),
            PeakMemoryBytes = memory?.PeakMemoryBytes,
            BaselineMemoryBytes = memory?.BaselineMemoryBytes,
            Loss = measured[^1].Loss,
            GradientNorm = time.GradientNorm,
            AttentionKernel = time.AttentionKernel,
            Bare = bare is { Status: BurstStatus.Ok } ? Compare(bare) : null,
            Findings = [.. NoiseFindings.Of(time.Samples, utilisation).Select(FindingWords.Told)],
            Torch = time.Torch,
            Samples = time.Samples,
            Utilisation = utilisation,
        };
    }

    private static ComponentSummary? Components(StepSample[] measured)
    {
        if (measured.Any(sample => sample.ForwardSeconds is null))
            return null;
        double Median(Func<StepSample, double?> component) =>
            MedianInterval.Of([.. measured.Select(sample => component(sample)!.Value)]).Median;
        return new(Median(sample => sample.ForwardSeconds), Median(sample => sample.BackwardSeconds),
            Median(sample => sample.OptimizerSeconds));
    }

    private static BareComparison Compare(RankReport report)
    {
        var ours = report.Samples.Where(sample => !sample.Warmup).Select(sample => sample.StepSeconds);
        var ratios = ours.Zip(report.BareStepS!, (staged, bare) => staged / bare).ToArray();
        return new(StepTimeSummary.Of([.. report.BareStepS!]), MedianInterval.Of(ratios).Median);
    }

    private UtilisationSampler Sampler(int processId)
    {
        List<IUtilisationSource> sources = OperatingSystem.IsLinux() ? [new ProcUtilisation(processId, ProcUnits.OfThisSystem())] : [];
        if (ComputeDevices.CudaIndex(device) is { } index && NvmlGpu.TryOpen((uint)index) is { } gpu)
            sources.Add(new NvmlUtilisation(gpu));
        return new UtilisationSampler(sources, clock);
    }

    private static void Refuse(BurstSpec spec, int ranks)
    {
        if (spec.Parallelism != BurstParallelism.OneRank && ranks == 1)
            throw new InputException($"parallelism {spec.Parallelism} needs more than one rank: give --ranks");
        if (spec.Parallelism == BurstParallelism.OneRank && ranks > 1)
            throw new InputException($"parallelism is single; {ranks} ranks need ddp, zero1, zero2, fsdp_full or hsdp");
    }
}
