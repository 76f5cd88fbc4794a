using Cocona;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Distributed.Verification;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate check-ranks</c>: are collectives and data-parallel training right on this machine?</summary>
internal sealed class CheckRanksCommand
{
    /// <summary>Exits with 4 when any number is wrong.</summary>
    [Command("check-ranks", Description = "Check that collectives give the right numbers and that training on ranks equals one process.")]
    public int Check(
        RankOptions options,
        [Option(Description = "cpu (MPI) or cuda (NCCL).")] DeviceKind device = DeviceKind.Cpu,
        [Option("shard-ranks", Description = "Ranks that share one copy in hybrid sharding; by default those of a host.")] int? shardRanks = null) =>
        RankedRun.Execute(options.Checked(), device == DeviceKind.Cuda, group =>
        {
            var right = Collectives(group);
            TorchRuntime.Load(threads: 1);
            var torch = ComputeDevices.Open(group.Cuda is { } index ? $"cuda:{index}" : "cpu").Torch;
            foreach (var spec in StrategyCases.All)
            {
                var result = StrategyCheck.Run(group, spec, torch, shardRanks ?? group.RanksPerHost);
                right &= result.Right;
                Say(group, $"{result}");
            }
            Say(group, $"{group.Device.Library}: training on {group.Size} ranks is {(right ? "right" : "WRONG")}");
            return right ? ExitCode.Done : ExitCode.AccuracyCheckFailed;
        });

    private static bool Collectives(RankGroup group)
    {
        var wrong = CollectiveCheck.Run(group.Device, group.Memory);
        foreach (var line in wrong)
            Console.Error.WriteLine(line);
        var wrongRanks = group.Gather(wrong.Count).Count(count => count > 0);
        Say(group, $"{group.Device.Library}: collectives over {group.Size} ranks are {(wrongRanks == 0 ? "right" : $"wrong on {wrongRanks} ranks")}");
        return wrongRanks == 0;
    }

    private static void Say(RankGroup group, string line)
    {
        if (group.Rank == 0)
            Console.Out.WriteLine(line);
    }
}
