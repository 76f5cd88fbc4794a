using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Calibrator.Processes;
using SlmPlanner.Data.Measurements.Bursts;

using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Measurement;

/// <summary>The measuring half of a burst: runs inside a child process whose allocator is set for one purpose.</summary>
internal static class RankWork
{
    /// <summary>Runs a burst on one rank and reports it. Lack of memory is a report, not an exception,
    /// unless other ranks wait and must be ended.</summary>
    /// <param name="spec">The configuration.</param>
    /// <param name="purpose">What to measure.</param>
    /// <param name="deviceName">Where.</param>
    /// <param name="rules">When to stop.</param>
    /// <param name="group">The ranks that train together.</param>
    /// <param name="stop">Ends it before the next step.</param>
    public static RankReport Run(BurstSpec spec, RankPurpose purpose, string deviceName, StoppingRules rules, RankGroup group,
        CancellationToken stop)
    {
        MemoryCeiling.Apply();
        TorchRuntime.Load(spec.Threads);
        var device = ComputeDevices.Open(deviceName);
        try
        {
            return purpose switch
            {
                RankPurpose.Bare => Beside(spec, device, rules, stop),
                RankPurpose.Race => SchemeRace.Run(spec, device, rules, group, stop),
                _ => Measure(spec, purpose, device, rules, group, stop),
            };
        }
        catch (Exception exception) when (group.Size == 1 && IsOutOfMemory(exception))
        {
            return new() { Status = BurstStatus.OutOfMemory, Message = FirstLine(exception), Torch = TorchRuntime.Version };
        }
    }

    private static RankReport Measure(BurstSpec spec, RankPurpose purpose, IComputeDevice device, StoppingRules rules, RankGroup group,
        CancellationToken stop)
    {
        zeros(1, device: device.Torch).Dispose();
        var baseline = device.CurrentMemory();
        device.ResetPeakMemory();
        using var run = RankedTraining.Start(spec, device, group);
        using var reference = purpose == RankPurpose.Time && group.Size == 1 && !device.RunsBehindHost ? new ReferenceWork() : null;
        var waits = group.Size == 1 && !device.RunsBehindHost ? new CoreWaits() : null;
        var isFirst = true;
        var samples = StageLoop.Run(rules, (warmup, last) =>
        {
            waits?.Start();
            var sample = group.Agree(run.Step(warmup, last));
            sample = sample with { WaitSeconds = waits?.Longest(sample.StepSeconds) };
            if (isFirst && purpose == RankPurpose.Time && !device.RunsBehindHost)
                HeapReserve.Touch((device.PeakMemory() - baseline).Count, group.RanksPerHost);
            isFirst = false;
            return sample with { ReferenceSeconds = reference?.Time() };
        }, stop).ToList();
        return new()
        {
            Status = BurstStatus.Ok,
            RanksPerHost = group.RanksPerHost,
            Samples = samples,
            BaselineMemoryBytes = baseline.Count,
            PeakMemoryBytes = group.Gather((device.PeakMemory() - baseline).Count).Max(),
            GradientNorm = run.GradientNorm,
            AttentionKernel = run.AttentionKernel,
            Torch = TorchRuntime.Version,
        };
    }

    /// <summary>Takes turns between the staged run and the bare loop, so that noise falls on both.</summary>
    private static RankReport Beside(BurstSpec spec, IComputeDevice device, StoppingRules rules, CancellationToken stop)
    {
        var decoder = new Decoder(spec, device.Torch);
        using var run = new TrainingRun(spec, device, decoder,
            new ResidentParameters(decoder, spec.Seed, device.Torch, new AdamWSettings()), spec.Seed);
        using var bare = new BareLoop(spec, device.Torch);
        List<double> bareSeconds = [];
        var samples = StageLoop.Run(rules, (warmup, last) =>
        {
            var seconds = bare.Step();
            if (!warmup)
                bareSeconds.Add(seconds);
            return run.Step(warmup, last);
        }, stop).ToList();
        return new() { Status = BurstStatus.Ok, Samples = samples, BareStepS = bareSeconds, Torch = TorchRuntime.Version };
    }

    /// <summary>libtorch's allocators say so in words; .NET has its own exception.</summary>
    private static bool IsOutOfMemory(Exception exception) =>
        exception is OutOfMemoryException
        || exception.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || exception.Message.Contains("bad_alloc", StringComparison.Ordinal);

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0];
}
