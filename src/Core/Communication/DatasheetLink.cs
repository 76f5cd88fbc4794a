using System.Numerics;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Numerics;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Communication;

/// <summary>How far collectives stay behind datasheets, as fitted.</summary>
/// <param name="Inside">Datasheet rate inside a node over the rate reached, ≥ about 1.</param>
/// <param name="Between">The same between nodes.</param>
/// <param name="Congestion">Exponent with which the rate between nodes falls with the nodes that a group spans.</param>
/// <param name="StartSeconds">Seconds that a ring or tree takes to start.</param>
/// <param name="HopSeconds">Seconds of one hop of a ring over the network; hops inside a node are shares of it.</param>
internal readonly record struct LinkEfficiency(double Inside, double Between, double Congestion, double StartSeconds, double HopSeconds);

/// <summary>
/// Collectives by datasheet: latency + bytes / rate for ring, tree and in-switch reduction, and of those that are eligible the
/// cheapest, as NCCL's tuner chooses (its Simple protocol, as ported in meta-pytorch/autoparallel, <c>cost_models/nccl_cost_model.py</c>).
/// The tuner's ratios are kept; its levels are priors of the fitted <see cref="LinkEfficiency"/>.
/// </summary>
internal readonly struct DatasheetLink : ILinkModel
{
    /// <summary>The tuner's start and network hop of a ring, seconds: priors of the fitted ones.</summary>
    public const double TunerStartSeconds = 8.4e-6, TunerHopSeconds = 14e-6;

    private const double ModuleHop = 3.4 / 14, SlotHop = 5.7 / 14, TreeHop = 4.0 / 14, TreeNetworkHop = 1, SwitchHop = 25.0 / 14,
        SwitchTreeNetworkHop = 20.9 / 14;

    /// <summary>The tuner's factor on the latency of large ring all-reduces over several nodes.</summary>
    private const double LargeRing = 1.4;

    /// <summary>Rate of a tree over that of a ring.</summary>
    private const double TreeRate = 0.92;

    private readonly double _inside;
    private readonly double _between;
    private readonly double _betweenAll;
    private readonly int _nodes;
    private readonly double _switched;
    private readonly double _hopInside;
    private readonly LinkEfficiency _efficiency;

    /// <summary>Binds rates and efficiencies to a layout.</summary>
    public DatasheetLink(in LinkRates rates, in Layout layout, in LinkEfficiency efficiency)
    {
        _efficiency = efficiency;
        _inside = rates.IntraBytes / efficiency.Inside;
        _between = rates.InterBytesOf(layout.GpusPerNode) / efficiency.Between;
        (_nodes, _betweenAll) = (layout.Nodes, _between);
        if (layout.Gpus > layout.GpusPerNode)
            _betweenAll /= Math.Pow(layout.Nodes, efficiency.Congestion);
        _switched = rates.SwitchShare * _inside;
        _hopInside = efficiency.HopSeconds * (rates.IsModule ? ModuleHop : SlotHop);
    }

    /// <inheritdoc/>
    public double Seconds(in CollectiveCall collective, in Layout layout)
    {
        var group = GroupPlacement.Of(collective.Axis, layout);
        if (group.Ranks <= 1)
            return 0;
        var isSum = collective.Operation == CollectiveOperation.AllReduce;
        var rate = Rate(group);
        if (collective.Operation == CollectiveOperation.SendReceive)
            return SendReceive(collective.Bytes, group, rate);
        if (collective.Operation == CollectiveOperation.AllToAll)
            return AllToAll(collective.Bytes, group);
        var seconds = Ring(collective.Bytes, group, rate, isSum);
        if (isSum)
            seconds = SmoothMaximum.LeastOfSixteenthPowers(seconds, Tree(collective.Bytes, group, rate));
        return _switched > 0 && group.RanksPerNode > 2
            ? SmoothMaximum.LeastOfSixteenthPowers(seconds, InSwitch(collective.Bytes, group, isSum)) : seconds;
    }

    /// <summary>Bytes per second and rank of a ring: the slower of the link inside and its part of the network.</summary>
    private double Rate(in GroupPlacement group) =>
        group.Nodes > 1 ? SmoothMaximum.LeastOfSixteenthPowers(_inside, Between(group) / group.Sharing) : _inside;

    /// <summary>
    /// Bytes per second of a node's network for a group: what neighbours send does not pass the switches further up that all nodes share.
    /// </summary>
    private double Between(in GroupPlacement group) =>
        group.Span == _nodes ? _betweenAll : _between / Math.Pow(group.Span, _efficiency.Congestion);

    /// <summary>n − 1 rounds, twice for an all-reduce; each sends an n-th of the bytes to the next rank.</summary>
    private double Ring(double bytes, in GroupPlacement group, double rate, bool isSum)
    {
        var passes = isSum ? 2 : 1;
        var across = group.Nodes > 1 ? passes * (group.Nodes - 1) : 0;
        var latency = _efficiency.StartSeconds + (passes * (group.Ranks - 1) - across) * _hopInside + across * _efficiency.HopSeconds;
        if (isSum && group.Nodes > 1)
            latency *= LargeRing;
        return latency + passes * (group.Ranks - 1.0) / group.Ranks * bytes / rate;
    }

    /// <summary>One message to the next rank.</summary>
    private double SendReceive(double bytes, in GroupPlacement group, double rate) =>
        _efficiency.StartSeconds + (group.Nodes > 1 ? _efficiency.HopSeconds : _hopInside) + bytes / rate;

    /// <summary>
    /// An n-th of the bytes to each other rank, one after another as NCCL's send and receive groups do: what stays in the node by its
    /// link, what leaves it by the device's part of the network, at the same time.
    /// </summary>
    private double AllToAll(double bytes, in GroupPlacement group)
    {
        double ranks = group.Ranks, here = group.RanksPerNode;
        var latency = _efficiency.StartSeconds + (here - 1) * _hopInside + (ranks - here) * _efficiency.HopSeconds;
        var inside = (here - 1) / ranks * bytes / _inside;
        var outside = group.Nodes > 1 ? (ranks - here) / ranks * bytes / (Between(group) / (group.Sharing * here)) : 0;
        return latency + SmoothMaximum.OfSixteenthPowers(inside, outside);
    }

    /// <summary>Up a tree of nodes, each a chain inside, and down again: all bytes pass every rank twice.</summary>
    private double Tree(double bytes, in GroupPlacement group, double rate)
    {
        var latency = _efficiency.StartSeconds + 2 * _efficiency.HopSeconds
            * ((group.RanksPerNode - 1) * TreeHop + BitOperations.Log2((uint)group.Nodes) * TreeNetworkHop);
        return latency + 2 * bytes / (TreeRate * Pipelined(bytes) * rate);
    }

    /// <summary>
    /// The switch adds or copies: an all-reduce passes each rank's link once in each direction. Over several nodes the switches
    /// form a tree, which only an all-reduce uses.
    /// </summary>
    private double InSwitch(double bytes, in GroupPlacement group, bool isSum)
    {
        var latency = SwitchHop * _efficiency.HopSeconds;
        if (group.Nodes == 1)
            return latency + (isSum ? 1 : (group.Ranks - 1.0) / group.Ranks) * bytes / _switched;
        return isSum
            ? latency + 2 * BitOperations.Log2((uint)group.Nodes) * SwitchTreeNetworkHop * _efficiency.HopSeconds
                + SmoothMaximum.OfSixteenthPowers(bytes / _switched, 2 * bytes / (Between(group) / group.Sharing))
            : double.PositiveInfinity;
    }

    /// <summary>
    /// How well a tree's steps overlap at a size: the tuner's table by doublings of 64 bytes, lowest from 128 kB to 1 MB.
    /// </summary>
    private static double Pipelined(double bytes)
    {
        ReadOnlySpan<double> shares =
            [.9, .9, .9, .9, .9, .9, .9, .8, .7, .6, .6, .5, .5, .5, .5, .6, .7, .8, .7, .7, .8, .9, .9, .9];
        var doublings = BitOperations.Log2((ulong)bytes >> 6);
        return doublings < shares.Length ? shares[doublings] : 1;
    }
}
