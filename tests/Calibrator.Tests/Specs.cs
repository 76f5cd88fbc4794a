using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests;

/// <summary>A spec for tests that need any.</summary>
internal static class Specs
{
    /// <summary>Two blocks of width 128.</summary>
    public static BurstSpec Small { get; } = BurstSpecReader.Parse(
        """{"n_layers":2,"d_model":128,"n_heads":2,"vocab":1024,"seq_len":128,"micro_batch":2,"threads":2}""", "small");
}
