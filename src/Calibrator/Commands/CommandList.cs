using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary>The commands of <c>slm-calibrate</c>, in the order that help shows them.</summary>
internal static class CommandList
{
    /// <summary>The table of them.</summary>
    public static CommandTable Table { get; } = new(
        "slm-calibrate",
        "Measure this machine in short bursts of training, and write the profile that slm-plan predicts it with.",
        [
            RunCommand.Command,
            FleetCommand.Command,
            CollectCommand.Command,
            FitCommand.Command,
            FitMemoryCommand.Command,
            FitPriorsCommand.Command,
            BurstCommand.Command,
            HistoryCommand.Command,
            CollectivesCommand.Command,
            CheckRanksCommand.Command,
            ProveCommand.Command,
            ProveRanksCommand.Command,
            SetupMpiCommand.Command,
            RankCommand.Command,
            MicroCommand.Command,
        ]);
}
