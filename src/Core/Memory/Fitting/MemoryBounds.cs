using SlmPlanner.Core.Memory.Components;

namespace SlmPlanner.Core.Memory.Fitting;

/// <summary>Where the constants may lie, and what documents suggest.</summary>
internal static class MemoryBounds
{
    private const double Gib = 1L << 30;

    /// <summary>
    /// In the order of <see cref="MemoryConstants"/>, then the spread: context 0.3 to 1.2 GiB, as drivers of different ages take; NCCL 0 to
    /// 0.4 GiB; slack up to 12 %; 6 to 12 bytes of a compiled logit (16-bit logits, fp32
    /// softmax, a gradient in 16 or 32 bits); 2 to 6 tensors of GELU; none to three times the gradients that kernels
    /// are known to hold.
    /// </summary>
    public static readonly (double Low, double Suggested, double High)[] All =
    [
        (0.3, 0.6, 1.2), (0, 0.2, 0.4), (0, 0.03, 0.12), (6, 9, 12), (2, 5, 6), (0, 1, 3), (0.03, 0.1, 0.5),
    ];

    /// <summary>The constants at a point of the search, whose coordinates are unbounded.</summary>
    public static MemoryConstants Constants(IReadOnlyList<double> point) => new(
        Value(point, 0) * Gib, Value(point, 1) * Gib, Value(point, 2), Value(point, 3), Value(point, 4), Value(point, 5));

    /// <summary>The spread at a point of the search.</summary>
    public static double Spread(IReadOnlyList<double> point) => Value(point, 6);

    /// <summary>The point of the suggested values.</summary>
    public static double[] Start() =>
        [.. All.Select(bound => (bound.Suggested - bound.Low) / (bound.High - bound.Low)).Select(share => Math.Log(share / (1 - share)))];

    /// <summary>Half the square of each value's distance from what is suggested, in halves of its range.</summary>
    public static double Penalty(IReadOnlyList<double> point)
    {
        var sum = 0.0;
        for (var i = 0; i < All.Length; i++)
        {
            var (low, suggested, high) = All[i];
            var distance = (Value(point, i) - suggested) / ((high - low) / 2);
            sum += distance * distance / 2;
        }
        return sum;
    }

    private static double Value(IReadOnlyList<double> point, int i) =>
        All[i].Low + ((All[i].High - All[i].Low) / (1 + Math.Exp(-point[i])));
}
