using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Planner.Tests.Presentation.Plans;

/// <summary>What is left open, in one sentence: the most telling first.</summary>
public sealed class OpenInputWordsTests
{
    [Fact]
    public void One_input_is_named_with_what_it_would_do() => Assert.Equal(
        "Naming your software (--stack) would narrow the step time most, from ±38 % to ±24 % (on average over 68 measured stacks).",
        OpenInputWords.Of([new(InputName.Stack, 0.38, 0.24, 68)]));

    [Fact]
    public void The_others_follow() => Assert.Equal(
        "A short run of your own code, learned, would narrow the step time most, from ±38 % to ±12 %; naming your software (--stack) to"
        + " ±24 % (on average over 2 measured stacks); saying in --stack whether its kernels are eager, fused or compiled to ±33 %.",
        OpenInputWords.Of(
        [
            new(InputName.MeasuredRow, 0.38, 0.12, 1), new(InputName.Stack, 0.38, 0.24, 2), new(InputName.Kernels, 0.38, 0.33, 3),
        ]));
}
