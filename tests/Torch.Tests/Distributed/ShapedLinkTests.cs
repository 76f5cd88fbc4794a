using System.Globalization;
using System.Text.Json;
using SlmPlanner.Calibrator.Distributed.Benchmark;
using SlmPlanner.Calibrator.Distributed.Mpi;
using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Tests;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>
/// Two hosts on a cable of known rate: the calibrated link has that rate, and with it and bursts of half the
/// depth, the steps of DDP and of full sharding are predicted before they are measured. Runs after all other tests of this program,
/// since it times what they would slow down.
/// </summary>
[CollectionDefinition(nameof(ShapedLinkTests), DisableParallelization = true)]
[Collection(nameof(ShapedLinkTests))]
public sealed class ShapedLinkTests(ITestOutputHelper output)
{
    private const double BytesPerMegabit = 1e6 / 8;

    /// <summary>Of the wire's rate; TCP's headers and acknowledgements take some 6 % of it.</summary>
    private const double MostShare = 1.05;
    private const double MostBusyCores = 0.3;
    private const string AskedBy = "SLM_TEST_SHAPED_LINK";
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(1);
    private static readonly bool IsAsked = Environment.GetEnvironmentVariable(AskedBy) == "1";

    /// <summary>
    /// Least share of the wire's rate, and how far a step may be off. Whoever asks vouches for a quiet machine; by default a noisy
    /// neighbour is allowed for.
    /// </summary>
    private static readonly (double LeastShare, double StepError) Tolerated = IsAsked ? (0.8, 0.2) : (0.5, 0.5);

    /// <summary>
    /// Parameters grow with the rate, so that the cable takes most of a step at any. Half a minute each: one always, the others when asked
    /// for.
    /// </summary>
    [Theory]
    [InlineData(1000, 256, true)]
    [InlineData(100, 96, false)]
    public void The_link_is_found_and_predicts_the_steps_that_run_over_it(int megabits, int width, bool always)
    {
        Assert.SkipUnless(always || IsAsked, $"half a minute more: set {AskedBy}=1 for it");
        Torch.LoadOrSkip();
        Assert.SkipWhen(MpiSetup.LauncherVersion() is null || !MpiLibrary.Present, $"no MPI on this machine; {MpiSetup.Hint}");
        SkipWhenBusy();
        using var hosts = TwoHosts.Joined(megabits);
        using var folder = new TemporaryFolder();
        var link = Link(hosts, megabits);

        var spec = Torch.Tiny with { DModel = width, DFfn = 3 * width, NLayers = 4, Vocab = 256, SeqLen = 32, MicroBatch = 1, GradAccum = 1,
            Steps = 5, Warmup = 1, Threads = 1 };
        BurstParallelism[] schemes = [BurstParallelism.Ddp, BurstParallelism.FsdpFull];
        var alone = Burst(hosts, folder, spec);
        BurstResult[] half = [.. schemes.Select(scheme =>
            Burst(hosts, folder, spec with { NLayers = spec.NLayers / 2, Parallelism = scheme }))];
        var device = new Accelerator { Name = alone.Device, Evidence = Evidence.Calibrated, MemoryGib = 1, MemoryBandwidthGbS = 10,
            Fp32Tflops = 0.05, Bf16Tflops = 0.05, Link = link };
        var model = MachineModel.Fit(device, [alone, .. half]);
        List<double> ratios = [];
        foreach (var scheme in schemes)
        {
            var predicted = model.Predict(spec with { Parallelism = scheme }).Step.TotalSeconds;
            var step = Burst(hosts, folder, spec with { Parallelism = scheme }).StepTimeS!.Median;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{scheme}: predicted {predicted:0.000} s, measured {step:0.000} s, {alone.StepTimeS!.Median:0.000} s alone"));
            ratios.Add(predicted / step);
        }
        SkipWhenBusy();
        Assert.All(ratios, ratio => Assert.InRange(ratio, 1 - Tolerated.StepError, 1 + Tolerated.StepError));
    }

    /// <summary>Measures and fits the link, and compares its last lines with the cable.</summary>
    private MachineLink Link(TwoHosts hosts, int megabits)
    {
        string[] arguments = ["collectives", "--calls", "training", "--format", "json", "--min-bytes", "16384", "--max-bytes", "4194304",
            "--longest-s", "0.05", .. Ranks(hosts)];
        var link = MachineLinks.Of(CollectiveReport.FromJson(Json(hosts.Run(RanksOfTest.Program, arguments))).ToMeasurement());
        SkipWhenBusy();
        Assert.True(link.BetweenHosts);
        foreach (var operation in new[] { CollectiveOperation.AllReduce, CollectiveOperation.ReduceScatter, CollectiveOperation.AllGather })
        {
            var line = link.Lines.Last(line => line.Operation == operation);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{operation}: {line.LatencyS * 1e6:0} µs, {line.BusBytesPerS / BytesPerMegabit:0} of {megabits} Mbit/s"));
            Assert.InRange(line.BusBytesPerS!.Value / BytesPerMegabit, Tolerated.LeastShare * megabits, MostShare * megabits);
        }
        return link;
    }

    private BurstResult Burst(TwoHosts hosts, TemporaryFolder folder, BurstSpec spec)
    {
        var file = folder.Write("spec.json", JsonSerializer.Serialize(spec, MeasurementJson.Line));
        string[] arguments = ["burst", "--time-only", "--format", "json", "--spec", file, .. spec.Parallelism == BurstParallelism.OneRank
            ? [] : Ranks(hosts)];
        return JsonSerializer.Deserialize<BurstResult>(Json(hosts.Run(RanksOfTest.Program, arguments)), MeasurementJson.Line)!;
    }

    private static string[] Ranks(TwoHosts hosts) => ["--ranks", "2", "--hostfile", hosts.HostFile, "--limit-s", "60"];

    /// <summary>
    /// Both hosts and both ends of the cable share the cores with every other program: under their load a rate says nothing of the cable.
    /// </summary>
    private static void SkipWhenBusy()
    {
        var (idleBefore, allBefore) = CoreTicks();
        Thread.Sleep(Watched);
        var (idleAfter, allAfter) = CoreTicks();
        var busy = Environment.ProcessorCount * (1 - (idleAfter - idleBefore) / (allAfter - allBefore));
        Assert.SkipWhen(busy > MostBusyCores, string.Create(CultureInfo.InvariantCulture,
            $"other programs use {busy:0.0} cores, so rates and times can't be measured now"));
    }

    /// <summary>The first line of /proc/stat: ticks of all cores, the fourth number idle.</summary>
    private static (double Idle, double All) CoreTicks()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(double.Parse)
            .ToArray();
        return (ticks[3], ticks.Sum());
    }

    private string Json((int Code, string Output, string Error) run)
    {
        if (run.Code != 0)
            output.WriteLine(run.Output + run.Error);
        Assert.Equal(0, run.Code);
        return run.Output[run.Output.IndexOf('{', StringComparison.Ordinal)..];
    }
}
