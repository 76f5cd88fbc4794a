namespace SlmPlanner.Core.Hardware;

/// <summary>How the devices of a machine and the machines themselves are joined.</summary>
/// <param name="IntraNodeGbS">Per device inside the node, GB/s, both directions added (NVLink's way of counting); null if unknown.</param>
/// <param name="InterNodeGbitS">Per node to the network, Gbit/s in one direction; null if unknown, in which case more than one node is not offered.</param>
/// <param name="Fabric">The name of the link or fabric, for people.</param>
public sealed record NodeLink(double? IntraNodeGbS, double? InterNodeGbitS, string Fabric);
