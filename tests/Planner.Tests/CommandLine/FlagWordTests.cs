using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.CommandLine.Parsing;

namespace SlmPlanner.Planner.Tests.CommandLine;

public sealed class FlagWordTests
{
    private static readonly DescribedOption[] Options =
    [
        new(CommandOption.Flag("spot", "prices that may end") with { FlagWords = ["auto"] }),
        new(CommandOption.Text("model", "NAME", "what is trained")),
    ];

    [Theory]
    [InlineData("--spot auto --model x", "spot=true model=x")]
    [InlineData("--spot=auto", "spot=true")]
    [InlineData("--spot", "spot=true")]
    [InlineData("--spot=false", "spot=false")]
    [InlineData("--model auto", "model=auto")]
    [InlineData("--spot other", "spot=true other")]
    public void A_word_of_the_flag_is_the_flag_alone(string given, string read)
    {
        var line = new FlagWordParser().ParseCommand(given.Split(' '), Options, []);
        Assert.Equal(read,
            string.Join(' ',
            [.. line.Options.Select(option => $"{option.Option.Name}={option.Value}"),
            .. line.Arguments.Select(argument => argument.Value)]));
    }
}
