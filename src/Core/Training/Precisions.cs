namespace SlmPlanner.Core.Training;

/// <summary>What is common to precisions.</summary>
public static class Precisions
{
    /// <summary>True where activations have four bytes and parameters are multiplied as they are kept; elsewhere they are narrowed first.</summary>
    public static bool IsWide(this Precision precision) => precision is Precision.Fp32 or Precision.Tf32;
}
