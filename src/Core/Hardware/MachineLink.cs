namespace SlmPlanner.Core.Hardware;

/// <summary>
/// How fast the ranks of a calibrated machine exchange data: latency and bandwidth of each collective, as its benchmark was
/// fitted. It speaks for groups that lie as the measured one did: all on one host, or over several.
/// </summary>
/// <param name="Library">The library that carried it out, with version.</param>
/// <param name="Ranks">Ranks that were measured together, ≥ 2.</param>
/// <param name="RanksPerHost">How many of them shared a host.</param>
/// <param name="Lines">The fitted lines, for each operation in the order of their sizes; at least one for each operation.</param>
public sealed record MachineLink(string Library, int Ranks, int RanksPerHost, IReadOnlyList<CollectiveLine> Lines)
{
    /// <summary>True when the measured ranks were on more than one host.</summary>
    public bool BetweenHosts => RanksPerHost < Ranks;

    /// <summary>Seconds of one operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="bytes">Whole-message bytes, above 0.</param>
    /// <param name="ranks">Ranks that take part, N ≥ 2.</param>
    public double Seconds(CollectiveOperation operation, double bytes, double ranks)
    {
        CollectiveLine? line = null;
        for (var index = 0; index < Lines.Count && (line is null || bytes > line.UpToBytes); index++)
            if (Lines[index].Operation == operation)
                line = Lines[index];
        var share = (ranks - 1) / ranks * (operation == CollectiveOperation.AllReduce ? 2 : 1);
        return line is null ? 0 : line.LatencyS + (line.BusBytesPerS is { } rate ? share * bytes / rate : 0);
    }
}

/// <summary>
/// Time of a collective in one range of sizes: latency + bus bytes / bandwidth (Hockney 1994; bus bytes as nccl-tests counts them).
/// </summary>
/// <param name="Operation">The operation.</param>
/// <param name="UpToBytes">The largest whole message that the line was fitted to; the last line of an operation holds beyond.</param>
/// <param name="LatencyS">Seconds at size 0.</param>
/// <param name="LatencyLowS">Lower end of its 90 % interval.</param>
/// <param name="LatencyHighS">Upper end.</param>
/// <param name="BusBytesPerS">Bytes per second that a rank sends; null where it can't be told from infinite.</param>
/// <param name="BusBytesPerSLow">Lower end of its 90 % interval, null likewise.</param>
/// <param name="BusBytesPerSHigh">Upper end, null likewise.</param>
public sealed record CollectiveLine(
    CollectiveOperation Operation, double UpToBytes, double LatencyS, double LatencyLowS, double LatencyHighS,
    double? BusBytesPerS = null, double? BusBytesPerSLow = null, double? BusBytesPerSHigh = null);
