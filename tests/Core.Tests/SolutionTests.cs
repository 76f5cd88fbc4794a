namespace SlmPlanner.Tests;

public sealed class SolutionTests
{
    [Fact]
    public void Input_exceptions_carry_their_message() =>
        Assert.Equal("x is 0, allowed 1..9", new SlmPlanner.Core.InputException("x is 0, allowed 1..9").Message);
}
