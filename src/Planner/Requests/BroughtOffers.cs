using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Requests;

/// <summary>The offers that a request brings beside the price catalog: reserved terms, and machines that one has.</summary>
/// <param name="devices">Devices by spelling.</param>
/// <param name="networks">Links of machines.</param>
/// <param name="networkGbitS">Network of one machine where none is known, Gbit/s; null for none.</param>
/// <param name="today">The day of the plan.</param>
internal sealed class BroughtOffers(DeviceCatalog devices, NetworkCatalog networks, double? networkGbitS, DateOnly today)
{
    /// <summary>The offers, reserved terms first.</summary>
    /// <exception cref="InputException">One of them can't be read.</exception>
    public IReadOnlyList<Offer> Of(Given given) =>
    [
        .. given.Of(RequestOptions.Reserved).Select(Reserved),
        .. given.Of(RequestOptions.Own).SelectMany(text => OwnMachines.Parse(text, devices, networkGbitS, today)),
    ];

    private Offer Reserved(string text)
    {
        var offer = ReservedOffer.Parse(text, devices, networks, today);
        return networkGbitS is { } network ? offer.WithAssumedNetwork(network) : offer;
    }
}
