using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Commands;

/// <summary>The commands of <c>slm-plan</c>, in the order that help shows them.</summary>
internal static class CommandList
{
    /// <summary>The table of them.</summary>
    public static CommandTable Table { get; } = new(
        "slm-plan",
        "Which GPUs to rent to train a small language model, how to split the work over them, and what it will cost.",
        [
            PlanCommand.Command,
            ExplainCommand.Command,
            SweepCommand.Command,
            CompareCommand.Command,
            ScheduleCommand.Command,
            ProbeCommand.Command,
            PredictCommand.Command,
            ValidateCommand.Command,
            LearnCommand.Command,
            TrackCommand.Command,
            ServeCommand.Command,
            ReportCommand.Command,
            ExportCommand.Command,
            SchemaCommand.Command,
            new("models", "List the models that --model can name, or show one.") { Commands =
                [ModelsCommand.ListCommand, ModelsCommand.ShowCommand] },
            new("devices", "The devices that can be planned for.") { Commands = [DevicesCommand.ListCommand, DevicesCommand.ShowCommand] },
            new("offers", "What can be rented, at which price.") { Commands =
                [OffersCommand.ListCommand, OffersCommand.ShowCommand, OffersHistoryCommand.Command, OffersImportCommand.Command,
                    OffersRefreshCommand.Command] },
            EvidenceCommand.Command,
            new("config", "Show the settings in force.") { Commands = [ConfigCommand.Command] },
        ]);
}
