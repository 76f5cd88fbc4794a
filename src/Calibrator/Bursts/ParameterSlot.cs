namespace SlmPlanner.Calibrator.Bursts;

/// <summary>One parameter of the decoder before it has values.</summary>
/// <param name="Name">For messages and tests.</param>
/// <param name="Shape">Extents; matrices are (out, in).</param>
/// <param name="InitialMean">Mean of the initial normal distribution: 1 for norm scales, else 0.</param>
/// <param name="InitialDeviation">Its standard deviation; 0 for norms and biases.</param>
internal sealed record ParameterSlot(string Name, long[] Shape, double InitialMean, double InitialDeviation)
{
    /// <summary>Elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, extent) => product * extent);

    /// <summary>A weight matrix with deviation 0.02, as GPT-2 and Llama start.</summary>
    public static ParameterSlot Matrix(string name, params long[] shape) => new(name, shape, 0, 0.02);

    /// <summary>A norm's scale, all ones.</summary>
    public static ParameterSlot Scale(string name, long width) => new(name, [width], 1, 0);

    /// <summary>A bias, all zeros.</summary>
    public static ParameterSlot Bias(string name, long width) => new(name, [width], 0, 0);
}
