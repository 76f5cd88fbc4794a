using Cocona;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Distributed.Verification;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate check-ranks</c>: do collectives give the right numbers on this machine?</summary>
internal sealed class CheckRanksCommand
{
    /// <summary>Exits with 4 when any number is wrong.</summary>
    [Command("check-ranks", Description = "Check that collectives between ranks give the right numbers.")]
    public int Check(
        RankOptions options,
        [Option(Description = "cpu (MPI) or cuda (NCCL).")] DeviceKind device = DeviceKind.Cpu) =>
        RankedRun.Execute(options.Checked(), device == DeviceKind.Cuda, group =>
        {
            var wrong = CollectiveCheck.Run(group.Device, group.Memory);
            foreach (var line in wrong)
                Console.Error.WriteLine(line);
            var wrongRanks = group.Sum(wrong.Count > 0 ? 1 : 0);
            if (group.Rank == 0)
                Console.Out.WriteLine($"{group.Device.Library}: collectives over {group.Size} ranks are {(wrongRanks == 0 ? "right" : $"wrong on {wrongRanks} ranks")}");
            return wrongRanks == 0 ? ExitCode.Done : ExitCode.AccuracyCheckFailed;
        });
}
