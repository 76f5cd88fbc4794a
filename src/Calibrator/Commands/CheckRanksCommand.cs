using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Distributed.Verification;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate check-ranks</c>: are collectives and data-parallel training right on this machine?</summary>
internal sealed class CheckRanksCommand
{
    private static readonly CommandOption<int?> ShardRanks = CommandOption.Optional(
        "shard-ranks", Values.Whole("COUNT").Within(1, 65_536), "ranks that share one copy in hybrid sharding") with
    {
        Example = "4",
        Default = "those of a host",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "check-ranks", "Check that collectives give the right numbers and that training on ranks equals one process.")
    {
        Options = [MachineOptions.Kind, MachineOptions.Libtorch, ShardRanks, .. RankOptions.All],
        Examples = ["slm-calibrate check-ranks --ranks 4"],
    }.DoneBy<CheckRanksCommand>((command, given) => Check(given));

    /// <summary>Exits with 4 when any number is wrong.</summary>
    private static int Check(Given given)
    {
        InstalledTorch.Use(given.Of(MachineOptions.Libtorch));
        return RankedRun.Execute(RankOptions.Of(given), given.Of(MachineOptions.Kind) == DeviceKind.Cuda, group =>
        {
            var right = Collectives(group);
            TorchRuntime.Load(threads: 1);
            var torch = ComputeDevices.Open(group.Cuda is { } index ? $"cuda:{index}" : "cpu").Torch;
            foreach (var spec in StrategyCases.All)
            {
                var result = StrategyCheck.Run(group, spec, torch, given.Of(ShardRanks) ?? group.RanksPerHost);
                right &= result.Right;
                Say(group, $"{result}");
            }
            if (group.Size is 2 or 4)
                foreach (var sharing in Enum.GetValues<ModelSharing>())
                {
                    var result = ModelParallelCheck.Run(group, sharing, torch);
                    right &= result.Right;
                    Say(group, $"{result}");
                }
            Say(group, $"{group.Device.Library}: training on {group.Size} ranks is {(right ? "right" : "WRONG")}");
            return right ? ExitCode.Done : ExitCode.AccuracyCheckFailed;
        });
    }

    private static bool Collectives(RankGroup group)
    {
        var wrong = CollectiveCheck.Run(group.Device, group.Memory);
        foreach (var line in wrong)
            Console.Error.WriteLine(line);
        var wrongRanks = group.Gather(wrong.Count).Count(count => count > 0);
        Say(group, $"{group.Device.Library}: collectives over {group.Size} ranks are "
            + $"{(wrongRanks == 0 ? "right" : $"wrong on {wrongRanks} ranks")}");
        return wrongRanks == 0;
    }

    private static void Say(RankGroup group, string line)
    {
        if (group.Rank == 0)
            Console.Out.WriteLine(line);
    }
}
