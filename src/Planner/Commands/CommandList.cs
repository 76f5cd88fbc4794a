using Cocona;
using Cocona.Builder;

namespace SlmPlanner.Planner.Commands;

/// <summary>The commands of <c>slm-plan</c>, in the order that help shows them.</summary>
internal static class CommandList
{
    /// <summary>Adds each command class to the program.</summary>
    public static void Add(ICoconaCommandsBuilder app)
    {
        app.AddCommands<PlanCommand>();
        app.AddCommands<ExplainCommand>();
        app.AddCommands<SweepCommand>();
        app.AddCommands<CompareCommand>();
        app.AddCommands<ScheduleCommand>();
        app.AddSubCommand("models", group => group.AddCommands<ModelsCommand>()).WithDescription("List the models that --model can name, or show one.");
        app.AddCommands<PredictCommand>();
        app.AddCommands<ValidateCommand>();
        app.AddSubCommand("devices", group => group.AddCommands<DevicesCommand>()).WithDescription("The devices that can be planned for.");
        app.AddSubCommand("offers", group =>
        {
            group.AddCommands<OffersCommand>();
            group.AddCommands<OffersImportCommand>();
        }).WithDescription("What can be rented, at which price.");
        app.AddSubCommand("config", group => group.AddCommands<ConfigCommand>()).WithDescription("Show the settings in force.");
        app.AddCommands<ServeCommand>();
        app.AddCommands<ReportCommand>();
        app.AddCommands<ExportCommand>();
        app.AddCommands<SchemaCommand>();
    }
}
