using System.Net;

namespace SlmPlanner.Planner.Web.Safety;

/// <summary>
/// The names under which a browser may call this server. A page elsewhere can point a name of its own at 127.0.0.1 (DNS
/// rebinding), but can't make a browser say another name than its own: so no name is taken but localhost, and addresses.
/// </summary>
/// <param name="listening">The address asked for; null for loopback alone.</param>
internal sealed class AllowedHosts(IPAddress? listening)
{
    /// <summary>True when a request with this <c>Host</c> may be answered.</summary>
    /// <param name="host">The header without its port.</param>
    public bool Allows(string host)
    {
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!IPAddress.TryParse(host, out var address))
            return false;
        return IPAddress.IsLoopback(address)
            || address.Equals(listening)
            || IPAddress.Any.Equals(listening)
            || IPAddress.IPv6Any.Equals(listening);
    }
}
