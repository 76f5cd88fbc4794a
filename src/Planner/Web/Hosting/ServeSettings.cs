using System.Net;

namespace SlmPlanner.Planner.Web.Hosting;

/// <summary>What the page is served with; fixed from start to stop, so that no request can name a file or an address.</summary>
internal sealed record ServeSettings
{
    /// <summary>Address to listen on; null for loopback alone.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Port to listen on; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Folder of a calibration run to watch; null for none.</summary>
    public string? CalibrationFolder { get; init; }

    /// <summary>SQLite file of past calibrations; it need not exist.</summary>
    public required string HistoryFile { get; init; }

    /// <summary>True to publish figures for Prometheus.</summary>
    public bool HasMetrics { get; init; }
}
