using SlmPlanner.Calibrator.Commands;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Tests.Commands;

public sealed class OptionTableTests
{
    public static TheoryData<string> Commands => [.. CommandList.Table.Commands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_has_a_value_word_a_help_text_and_an_example_that_it_takes(string name)
    {
        var command = CommandList.Table.Commands.Single(known => known.Name == name);
        Assert.Equal(command.Options.Count, command.Options.Select(option => option.Name).Distinct().Count());
        Assert.All(command.Options, option =>
        {
            Assert.Matches("[a-z]", option.Help);
            Assert.True(option.IsFlag || option.Example is not null, option.Label);
            Assert.True(option.IsFlag || option.Problem([option.Example!]) is null, option.Label);
        });
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_commands_help_says_units_and_ends_with_an_example(string name)
    {
        var command = CommandList.Table.Commands.Single(known => known.Name == name);
        var help = new HelpText("slm-calibrate", 80).Of(command);
        Assert.All(command.Options, option => Assert.Contains($"\n  {HelpText.Signature(option)}", help, StringComparison.Ordinal));
        Assert.DoesNotContain("<", help, StringComparison.Ordinal);
        Assert.NotEmpty(command.Examples);
        Assert.EndsWith(command.Examples[^1], help, StringComparison.Ordinal);
        Assert.All(command.Examples, example => Assert.StartsWith($"slm-calibrate {name}", example, StringComparison.Ordinal));
    }

    [Fact]
    public void Commands_that_only_the_program_calls_are_not_listed()
    {
        var index = new HelpText("slm-calibrate", 80).Index(CommandList.Table.Help, CommandList.Table.Commands);
        Assert.Contains("\n  prove-ranks ", index, StringComparison.Ordinal);
        Assert.DoesNotContain("\n  rank ", index, StringComparison.Ordinal);
        Assert.DoesNotContain("\n  micro ", index, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ranks", "0", "--ranks is 0, allowed 1 to 65536")]
    [InlineData("stall-limit-s", "-1", "--stall-limit-s is -1, allowed 1 to 10000000")]
    public void A_wrong_number_is_named_with_its_range(string name, string text, string message) =>
        Assert.Equal(message, RankOptions.All.Single(option => option.Name == name).Problem([text]));

    [Fact]
    public void The_documentation_shows_the_table() =>
        Golden.EqualFile(OptionsDocument.Of(CommandList.Table), Path.Combine(Repository.Root, "docs", "options-calibrate.md"));
}
