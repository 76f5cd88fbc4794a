using SlmPlanner.Planner.Commands;

namespace SlmPlanner.Planner.Tests.Commands;

public sealed class SpotArgumentTests
{
    [Theory]
    [InlineData("plan --spot auto --budget 5", "plan --spot --budget 5")]
    [InlineData("plan --spot=auto", "plan --spot")]
    [InlineData("plan --spot", "plan --spot")]
    [InlineData("plan --model auto", "plan --model auto")]
    public void Auto_after_the_option_is_the_option_alone(string given, string read) =>
        Assert.Equal(read.Split(' '), SpotArgument.Read(given.Split(' ')));
}
