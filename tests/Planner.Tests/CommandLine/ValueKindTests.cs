using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Tests.CommandLine;

public sealed class ValueKindTests
{
    [Theory]
    [InlineData("max-gpus", "0", "--max-gpus: max_gpus is 0, allowed 1 to 16384")]
    [InlineData("max-gpus", "1.5", "--max-gpus is '1.5', expected a whole number")]
    [InlineData("confidence", "NaN", "--confidence: confidence is NaN, allowed 0.5 to 0.99")]
    [InlineData("budget", "-5", "--budget: budget_usd is -5, allowed 0.01 to 1000000000")]
    [InlineData("objective", "money", "--objective: unknown value 'money'; did you mean cost, loss, time?; allowed cost, time, loss, "
        + "balanced")]
    public void A_message_names_the_option_the_value_and_what_is_allowed(string name, string text, string message) =>
        Assert.Equal(message, RequestOptions.All.First(option => option.Name == name).Problem([text]));

    [Fact]
    public void A_range_without_a_name_is_the_options_own() =>
        Assert.Equal("--port is 70000, allowed 0 to 65535",
            CommandOption.OrElse("port", Values.Whole("PORT").Within(0, 65535), 80, "where").Problem(["70000"]));

    [Theory]
    [InlineData("--gpus", "a,b , c", 3)]
    [InlineData("--own", "4xL4@1,x=2;2xH100@3", 2)]
    public void Several_values_stand_in_one_text(string label, string text, int count) =>
        Assert.Equal(count, ((IReadOnlyList<string>)RequestOptions.All.First(option => option.Label == label).ValueOf([text])!).Count);

    [Theory]
    [InlineData("bf16-mixed")]
    [InlineData("BF16_Mixed")]
    public void Case_and_separators_of_a_choice_do_not_count(string text) =>
        Assert.Equal(Core.Training.Precision.Bf16Mixed, Values.Choice<Core.Training.Precision>().Read("--precision", text));

    [Theory]
    [InlineData("Cheapest", Objective.Cost)]
    [InlineData("fastest", Objective.Time)]
    [InlineData("balanced", Objective.Balanced)]
    public void The_names_of_the_answers_are_understood_as_objectives(string text, Objective objective) =>
        Assert.Equal(objective, RequestOptions.Objective.ValueOf([text]));

    [Fact]
    public void A_choice_may_leave_members_out() =>
        Assert.Throws<InputException>(() => Values.Choice(Objective.Cost, Objective.Time).Read("--objective", "loss"));

    [Theory]
    [InlineData(1e3, "1K")]
    [InlineData(524_288, "524288")]
    [InlineData(2.5e10, "25B")]
    [InlineData(1e18, "1e18")]
    [InlineData(0.01, "0.01")]
    public void An_amount_is_shown_as_it_may_be_written(double amount, string text)
    {
        Assert.Equal(text, Amounts.Tokens.Show(amount));
        Assert.Equal(amount, Amounts.Tokens.Read("--tokens", text));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1e-9, "1e-9")]
    [InlineData(-0.5, "-0.5")]
    [InlineData(1e8, "100000000")]
    [InlineData(1e15, "1e15")]
    [InlineData(1.0 / 24, "0.041667")]
    public void A_number_is_plain_until_it_is_huge_or_tiny(double number, string text) => Assert.Equal(text, Values.Plain(number));

    [Theory]
    [InlineData(1.0 / 60, "1m")]
    [InlineData(36, "36h")]
    [InlineData(168, "7d")]
    public void A_duration_is_shown_as_it_may_be_written(double hours, string text)
    {
        Assert.Equal(text, Amounts.Duration.Show(hours));
        Assert.Equal(hours, Amounts.Duration.Read("--deadline", text));
    }
}
