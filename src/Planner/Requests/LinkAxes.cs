using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Planning.Sweeps;
using SlmPlanner.Core.Training;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Requests;

/// <summary>
/// Sweeps that show where DDP, ZeRO and full sharding cross over: how fast devices are joined, and the scheme. By default the
/// rates are those of the links in the profiles: PCI Express and NVLink inside a machine, networks between machines.
/// </summary>
internal static class LinkAxes
{
    /// <summary>What these sweeps are called.</summary>
    public static readonly IReadOnlyList<string> Names = ["link", "network", "scheme"];

    /// <summary>The axis named; null when it is none of these.</summary>
    /// <param name="name">link, network or scheme.</param>
    /// <param name="values">Values separated by commas; null for the default ones.</param>
    /// <param name="inputs">Offers, whose links are replaced.</param>
    public static SweepAxis? Of(string name, string? values, PlanningInputs inputs) => name switch
    {
        "link" => new(name, "intra_node_gb_s", [.. Rates(values, inputs, link => link.IntraNodeGbS)
            .Select(rate => Joined(rate, $"{rate:0.##} GB/s", link => new(rate, link?.InterNodeGbitS, link?.Fabric ?? "swept")))]),
        "network" => new(name, "inter_node_gbit_s", [.. Rates(values, inputs, link => link.InterNodeGbitS)
            .Select(rate => Joined(rate, $"{rate:0.##} Gbit/s", link => new(link?.IntraNodeGbS, rate, link?.Fabric ?? "swept")))]),
        "scheme" => new(name, "scheme", [.. Schemes(values)
            .Select(scheme => SweepStep.OfRequest((int)scheme.Name, scheme.ToString(),
                request => request with { Parallelisms = [scheme] }))]),
        _ => null,
    };

    private static SweepStep Joined(double rate, FormattableString label, Func<NodeLink?, NodeLink> link) => new(
        rate,
        label.ToString(CultureInfo.InvariantCulture),
        (request, inputs) => (request, inputs with { Offers =
            [.. inputs.Offers.Select(offer => offer with { Link = link(offer.Link) })] }));

    private static IEnumerable<double> Rates(string? values, PlanningInputs inputs, Func<NodeLink, double?> rate) => values is not null
        ? Values.Names(values).Select(Rate)
        : inputs.Offers.Select(offer => offer.Link).OfType<NodeLink>().Select(rate).OfType<double>().Where(known => known > 0).Distinct()
        .Order();

    private static double Rate(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var rate) && double.IsFinite(rate) && rate > 0
            ? rate
            : throw new InputException($"--values holds '{text}', expected a rate above 0: GB/s for link, Gbit/s for network");

    private static IEnumerable<Scheme> Schemes(string? values) => values is null
        ? [Scheme.Ddp, Scheme.Zero2, Scheme.FsdpFull]
        : RequestOptions.Parallelism.Read(SweepReader.ValuesLabel, [values]);
}
