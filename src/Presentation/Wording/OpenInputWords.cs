using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Presentation.Wording;

/// <summary>What is left open and would narrow the time's interval, in one sentence.</summary>
internal static class OpenInputWords
{
    /// <summary>The sentence: the most telling input first, the others behind it.</summary>
    /// <param name="inputs">At least one, the most telling first.</param>
    public static string Of(IReadOnlyList<OpenInput> inputs)
    {
        var told = $"{Statement(inputs[0])} would narrow the step time most, from ±{Readable.Percent(inputs[0].HalfWidth)} to"
            + $" ±{Readable.Percent(inputs[0].HalfWidthAfter)}{Over(inputs[0])}";
        var others = inputs.Skip(1).Select(input =>
            $"{Uncapital(Statement(input))} to ±{Readable.Percent(input.HalfWidthAfter)}{Over(input)}");
        return $"{string.Join("; ", others.Prepend(told))}.";
    }

    private static string Statement(OpenInput input) => input.Input switch
    {
        InputName.Stack => "Naming your software (--stack)",
        InputName.Kernels => "Saying in --stack whether its kernels are eager, fused or compiled",
        InputName.MeasuredRow => "A short run of your own code, learned,",
        _ => throw new ArgumentOutOfRangeException(nameof(input)),
    };

    /// <summary>Over which answers an average was taken.</summary>
    private static string Over(OpenInput input) => input.Input switch
    {
        InputName.Stack => $" (on average over {input.Answers} measured stacks)",
        _ => "",
    };

    private static string Uncapital(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
