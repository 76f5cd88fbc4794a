using Cocona;
using Cocona.Builder;

namespace SlmPlanner.Calibrator.Commands;

/// <summary>The commands of <c>slm-calibrate</c>, in the order that help shows them.</summary>
internal static class CommandList
{
    /// <summary>Adds each command class to the program.</summary>
    public static void Add(ICoconaCommandsBuilder app)
    {
        app.AddCommands<RunCommand>();
        app.AddCommands<FitCommand>();
        app.AddCommands<FitMemoryCommand>();
        app.AddCommands<BurstCommand>();
        app.AddCommands<HistoryCommand>();
        app.AddCommands<CollectivesCommand>();
        app.AddCommands<CheckRanksCommand>();
        app.AddCommands<ProveCommand>();
        app.AddCommands<ProveRanksCommand>();
        app.AddCommands<SetupMpiCommand>();
        app.AddCommands<RankCommand>();
        app.AddCommands<MicroCommand>();
    }
}
