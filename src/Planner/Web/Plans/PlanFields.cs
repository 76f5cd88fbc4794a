using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Web.Plans;

/// <summary>Everything that the form and a permalink can say, in the order in which they say it.</summary>
internal static class PlanFields
{
    /// <summary>Every option that has a field; its name in the query string is the option without its dashes.</summary>
    public static readonly IReadOnlyList<CommandOption> All =
        [.. RequestOptions.All.Concat(CurrencyOptions.All).Where(option => option.Field is not null)];

    /// <summary>What nearly everyone states, as texts.</summary>
    public static readonly IReadOnlyList<CommandOption> Main = [.. At(FormPlace.Main).Where(option => !IsChoice(option))];

    /// <summary>What nearly everyone states, as one of a few words.</summary>
    public static readonly IReadOnlyList<CommandOption> Choices = [.. At(FormPlace.Main).Where(IsChoice)];

    /// <summary>What engineers may add.</summary>
    public static readonly IReadOnlyList<CommandOption> More = [.. At(FormPlace.More)];

    /// <summary>Its field.</summary>
    public static FormField Field(this CommandOption option) => option.Field!;

    /// <summary>What the empty field shows: the value of its setting where that has one, else an example.</summary>
    public static string Placeholder(this CommandOption option) =>
        option.Field().Placeholder ?? (option.Setting is { Length: > 0 } value ? value : option.Example ?? "");

    /// <summary>
    /// True when a message is about an option: it begins with the option, its quantity, or how messages about its names do.
    /// </summary>
    public static bool IsSubjectOf(this CommandOption option, string message)
    {
        IEnumerable<string> subjects = [.. option.Field().Subjects, .. option.Range is { } range ? [range.Name] : Array.Empty<string>()];
        return message.StartsWith(option.Label + ':', StringComparison.Ordinal)
            || subjects.Append(option.Label).Any(subject => message.StartsWith(subject + ' ', StringComparison.Ordinal));
    }

    private static IEnumerable<CommandOption> At(FormPlace place) => All.Where(option => option.Field().Place == place);

    private static bool IsChoice(CommandOption option) => option.Choices.Count > 0 && option.Separator is null;
}
