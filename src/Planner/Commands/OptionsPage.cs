using System.Text;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Web.Plans;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>docs/options.md</c>: the options of <c>slm-plan</c>, its settings and the fields of its form.</summary>
internal static class OptionsPage
{
    /// <summary>The page.</summary>
    public static string Write()
    {
        var text = new StringBuilder(OptionsDocument.Of(CommandList.Table));
        text.Append("\n## Settings\n\n");
        text.Append("Given by `--set KEY=VALUE`, else by a variable (`SLMPLAN_MAX_GPUS`), else by the file that `--config` names.\n");
        OptionsDocument.Table(text, ["Setting", "Meaning", "Allowed", "Default", "Option that overrides it"], SettingList.All.Select(Row));
        text.Append("\n## Fields of the page\n\n");
        text.Append("The page of `slm-plan serve` and its links (`/plan?model=slm-1b&tokens=20B`) ");
        text.Append("name fields as the command line names options.\n");
        OptionsDocument.Table(text, ["Field", "Label"],
            PlanFields.All.Select(IReadOnlyList<string> (option) => [OptionsDocument.Code(option.Name), option.Field().Label]));
        return text.ToString();
    }

    private static IReadOnlyList<string> Row(Setting setting) =>
    [
        OptionsDocument.Code(setting.Key),
        setting.Description,
        OptionsDocument.Allowed(setting.Value),
        OptionsDocument.Code(setting.Default),
        RequestOptions.All.Contains(setting.Value) ? OptionsDocument.Code(setting.Value.Label) : "",
    ];
}
