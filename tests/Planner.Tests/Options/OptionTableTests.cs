using SlmPlanner.Planner.Commands;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Planner.Web.Plans;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Options;

/// <summary>Command line, help, form, settings and documentation say the same, because they come from one table.</summary>
public sealed class OptionTableTests
{
    private static readonly string[] PlanHeadings =
        ["What to train", "Limits", "Hardware", "Software", "Prices", "Output", "Data and settings"];

    public static TheoryData<string> Requests => [.. RequestOptions.All.Where(option => !option.IsFlag).Select(option => option.Name)];

    public static TheoryData<string> Commands => [.. All.Select(entry => entry.Path)];

    private static IEnumerable<(string Path, Command Command)> All => CommandList.Table.Commands.SelectMany(command =>
        command.Commands.Count == 0 ? [(command.Name, command)]
            : command.Commands.Select(inner => ($"{command.Name} {inner.Name}", inner)));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_has_a_value_word_a_help_text_and_an_example_that_it_takes(string path)
    {
        var command = All.First(entry => entry.Path == path).Command;
        Assert.Equal(command.Options.Count, command.Options.Select(option => option.Name).Distinct().Count());
        Assert.All(command.Options, option =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)*$", option.Name);
            Assert.Matches("[a-z]", option.Help);
            Assert.False(option.Help.EndsWith('.'), option.Help);
            if (option.IsFlag)
                return;
            Assert.True(option.Example is not null, $"{option.Label} has no example");
            Assert.Null(option.Problem([option.Example]));
        });
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_commands_help_names_its_options_with_units_and_ends_with_its_own_examples(string path)
    {
        var command = All.First(entry => entry.Path == path).Command;
        var help = new HelpText(CommandList.Table.Program, 80).Of(command);
        Assert.All(command.Options, option => Assert.Contains($"\n  {HelpText.Signature(option)}", help, StringComparison.Ordinal));
        Assert.DoesNotContain("<", help, StringComparison.Ordinal);
        Assert.NotEmpty(command.Examples);
        Assert.EndsWith("\n  " + string.Join("\n  ", command.Examples), help, StringComparison.Ordinal);
        Assert.All(command.Examples, example => Assert.StartsWith($"slm-plan {path}", example, StringComparison.Ordinal));
        Assert.All(help.Split('\n'), line =>
            Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void The_help_of_plan_is_grouped_and_ends_with_its_examples()
    {
        var help = new HelpText("slm-plan", 120).Of(PlanCommand.Command);
        var headings = help.Split('\n').Where(line => line.EndsWith(':') && !line.StartsWith(' ')).Select(line => line[..^1]);
        Assert.Equal([.. PlanHeadings, "Examples"], headings);
        Assert.Contains("--budget USD", help, StringComparison.Ordinal);
        Assert.Equal(5, PlanCommand.Command.Examples.Count);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_option_of_a_request_changes_what_is_asked(string name)
    {
        var option = RequestOptions.All.First(known => known.Name == name);
        var bench = Bench.Value;
        var given = new Given().With(option, option.Example!);
        Assert.NotEqual(Asked(bench, new()), Asked(bench, given));
    }

    [Fact]
    public void Every_option_of_a_request_is_a_field_of_the_form_under_its_own_name()
    {
        var form = PlanFormView.Render(new PlanForm(Bench.Value), new(), []).ToString();
        Assert.All(RequestOptions.All, option => Assert.Contains($"name=\"{option.Name}\"", form, StringComparison.Ordinal));
        Assert.All(RequestOptions.All, option => Assert.Contains(option.Field().Label, form, StringComparison.Ordinal));
    }

    [Fact]
    public void A_setting_behind_an_option_refuses_what_the_option_refuses()
    {
        var behind = SettingList.All.Where(setting => RequestOptions.All.Contains(setting.Value)).ToList();
        Assert.Equal(["seq_len", "global_batch_tokens", "max_gpus", "confidence", "gpus", "providers", "regions", "stack"],
            behind.Select(setting => setting.Key));
        Assert.All(behind.Where(setting => setting.Value.Range is not null), setting =>
        {
            var range = setting.Value.Range!;
            string[] outside = [$"{range.Least - 1}", $"{range.Most + 1}"];
            Assert.All(outside, text => Assert.NotNull(setting.Value.Problem([text])));
            Assert.All(outside, text =>
                Assert.Throws<Core.InputException>(() => new EffectiveSettings(SettingLayers.FromArguments([$"{setting.Key}={text}"]))));
        });
    }

    [Fact]
    public void A_setting_is_written_as_its_option_is() =>
        Assert.Equal(512_000, new EffectiveSettings(SettingLayers.FromArguments(["global_batch_tokens=512K"]))
            .Number("global_batch_tokens"));

    [Fact]
    public void The_documentation_shows_the_table() =>
        Golden.EqualFile(OptionsPage.Write(), Path.Combine(Repository.Root, "docs", "options.md"));

    private static readonly Lazy<Workbench> Bench = new(() => DataOptions.OpenBench(new(), TimeProvider.System));

    /// <summary>The request and the offers that it brings, as one text.</summary>
    private static string Asked(Workbench bench, Given given)
    {
        var question = new PlanQuestion(bench.Requests.Read(given), bench.InputsFor(given), "");
        return $"{question.Key} {question.Inputs.Offers.Count}";
    }
}
