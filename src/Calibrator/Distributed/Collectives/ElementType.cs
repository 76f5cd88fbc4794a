namespace SlmPlanner.Calibrator.Distributed.Collectives;

/// <summary>The number formats that collectives move and sum.</summary>
internal enum ElementType
{
    /// <summary>32-bit IEEE float; summed in fp32.</summary>
    Float32,

    /// <summary>bfloat16; each addition is done in fp32 and rounded once, to nearest even.</summary>
    BFloat16,

    /// <summary>Raw bytes: moved, never summed.</summary>
    Byte,
}

/// <summary>Sizes of the number formats.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Width(this ElementType type) => type switch
    {
        ElementType.Float32 => 4,
        ElementType.BFloat16 => 2,
        _ => 1,
    };
}
