using System.Text.Json;
using SlmPlanner.Calibrator.Distributed.Mpi;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Tests;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>Hosts that share the program but no folder for temporary files.</summary>
[Collection(nameof(TwoHosts))]
public sealed class SeparateHostsTests(ITestOutputHelper output)
{
    private const int Megabits = 1000;

    [Fact]
    public void A_burst_runs_on_hosts_that_see_no_temporary_file_of_each_other()
    {
        Torch.LoadOrSkip();
        Assert.SkipWhen(MpiSetup.LauncherVersion() is null || !MpiLibrary.Present, $"no MPI on this machine; {MpiSetup.Hint}");
        using var hosts = TwoHosts.Joined(Megabits);
        using var folder = new TemporaryFolder();
        var spec = Torch.Tiny with { Parallelism = BurstParallelism.Ddp };
        var file = folder.Write("spec.json", JsonSerializer.Serialize(spec, MeasurementJson.Line));
        var (code, json, error) = hosts.Run(
            RanksOfTest.Program, "burst", "--format", "json", "--spec", file,
            "--ranks", "2", "--hostfile", hosts.HostFile, "--limit-s", "60");
        output.WriteLine(json + error);
        Assert.Equal(0, code);
        var result = JsonSerializer.Deserialize<BurstResult>(json, MeasurementJson.Line)!;
        Assert.Equal((BurstStatus.Ok, 2, 1), (result.Status, result.Ranks, result.RanksPerHost));
    }
}
