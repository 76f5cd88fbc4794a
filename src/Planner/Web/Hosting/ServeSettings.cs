using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SlmPlanner.Core.Planning.Results;

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

    /// <summary>Runs to watch against their plans: a plan.json and a log each, with an equals sign between them.</summary>
    public IReadOnlyList<string> Tracked { get; init; } = [];

    /// <summary>Store of learned runs; null for none.</summary>
    public string? EvidenceFile { get; init; }

    /// <summary>In which amounts are shown where a request says nothing else; null for dollars.</summary>
    public PlanCurrency? Currency { get; init; }

    /// <summary>True to publish figures for Prometheus.</summary>
    public bool HasMetrics { get; init; }

    /// <summary>Makes a server listen there; without an address, on both loopback addresses where the port is given.</summary>
    public void Listen(KestrelServerOptions kestrel)
    {
        if (Address is { } address)
            kestrel.Listen(address, Port);
        else if (Port == 0)
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.ListenLocalhost(Port);
    }
}
