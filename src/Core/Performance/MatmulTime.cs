namespace SlmPlanner.Core.Performance;

/// <summary>Time of one matrix multiply of (m × k) by (k × n), with the rates and coefficients of one device and stack.</summary>
/// <param name="perFlop">Seconds per operation of a large, aligned multiply.</param>
/// <param name="misaligned">Factor where k or n is no multiple of 8 elements (NVIDIA, "Matrix multiplication background", section 3.1).</param>
/// <param name="powerPerFlop">Seconds per operation that board power adds.</param>
/// <param name="narrow">Relative loss at a narrow side of 128.</param>
/// <param name="perByte">Seconds per operand byte, traffic included.</param>
/// <param name="elementBytes">Bytes of one element.</param>
internal readonly struct MatmulTime(double perFlop, double misaligned, double powerPerFlop, double narrow, double perByte, double elementBytes)
{
    private const double NarrowSide = 128;

    /// <summary>
    /// Operations at the device's rate, slower for narrow and misaligned operands, plus operand bytes at its bandwidth:
    /// the roofline's two sides added, since a multiply's prologue and tail overlap little.
    /// </summary>
    public double Seconds(double m, double k, double n)
    {
        var rate = (IsAligned(k) && IsAligned(n) ? perFlop : perFlop * misaligned) + powerPerFlop;
        var compute = 2 * m * k * n * rate * (1 + narrow * NarrowSide / Math.Min(k, n));
        return compute + elementBytes * (m * k + k * n + m * n) * perByte;
    }

    private static bool IsAligned(double width) => ((long)width & 7) == 0;
}
