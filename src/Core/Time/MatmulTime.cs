using SlmPlanner.Core.Models;
using SlmPlanner.Core.Numerics;

namespace SlmPlanner.Core.Time;

/// <summary>Time of one matrix multiply of (m × k) by (k × n), with the rates and coefficients of one device and stack.</summary>
internal readonly struct MatmulTime
{
    private const double NarrowSide = 128;

    private readonly double _aligned;
    /// <summary>Seconds per operation of a misaligned multiply before power bounds it: worked out when one is met.</summary>
    private readonly double _clock;
    private readonly double _power;
    private readonly double _narrow;
    private readonly double _perElement;

    /// <summary>Works the rates out.</summary>
    /// <param name="perFlop">Seconds per operation of a large, aligned multiply.</param>
    /// <param name="misaligned">Factor where k or n is no multiple of 8 elements (NVIDIA, "Matrix multiplication background", section
    /// 3.1).</param>
    /// <param name="powerPerFlop">Seconds per operation at which the board's power is spent: no multiply is faster. 0 where power is not
    /// known.</param>
    /// <param name="narrow">Relative loss at a narrow side of 128.</param>
    /// <param name="perElement">Seconds per operand element, traffic included.</param>
    public MatmulTime(double perFlop, double misaligned, double powerPerFlop, double narrow, double perElement)
    {
        _aligned = SmoothMaximum.OfFourthPowers(perFlop, powerPerFlop);
        (_clock, _power) = (perFlop * misaligned, powerPerFlop);
        (_narrow, _perElement) = (narrow, perElement);
    }

    /// <summary>
    /// Operations at the device's rate, which clocks and board power bound, slower for narrow and misaligned operands, plus operand bytes
    /// at its bandwidth: the roofline's two sides added, since a multiply's prologue and tail overlap little.
    /// </summary>
    public double Seconds(double m, double k, double n)
    {
        var rate = IsAligned(k) && IsAligned(n) ? _aligned : Misaligned;
        return 2 * m * k * n * rate * (1 + _narrow * NarrowSide / Math.Min(k, n)) + (m * k + k * n + m * n) * _perElement;
    }

    /// <summary>The same of many multiplies of as many rows.</summary>
    /// <param name="m">Rows, tokens of a micro-batch.</param>
    /// <param name="sums">Their other sides.</param>
    public double Seconds(double m, in MatmulSums sums) =>
        m * (_aligned * (sums.Products + _narrow * NarrowSide * sums.NarrowProducts) + _perElement * sums.Sides)
        + (sums.MisalignedProducts > 0 ? m * Misaligned * (sums.MisalignedProducts + _narrow * NarrowSide * sums.MisalignedNarrowProducts)
            : 0)
        + _perElement * sums.Weights;

    /// <summary>
    /// The same of experts, whose rows are the few tokens that were sent to each: a multiply of few rows loses as one with a narrow side
    /// does, 2·k·n·128·narrow for each expert whatever the number of tokens.
    /// </summary>
    public double GroupedSeconds(double m, in MatmulSums sums) => Seconds(m, sums) + 2 * sums.Weights * _aligned * _narrow * NarrowSide;

    private double Misaligned => SmoothMaximum.OfFourthPowers(_clock, _power);

    private static bool IsAligned(double width) => ((long)width & 7) == 0;
}
