using System.Globalization;
using System.Text.RegularExpressions;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Core.Planning.Scheduling;

/// <summary>Machines of one kind that one has: all alike, so that a job's time depends only on how many devices it gets.</summary>
/// <param name="Gpu">Device name as the user wrote it.</param>
/// <param name="Nodes">Machines, ≥ 1.</param>
/// <param name="GpusPerNode">Devices per machine, ≥ 1.</param>
public sealed partial record Fleet(string Gpu, int Nodes, int GpusPerNode)
{
    /// <summary>Most devices of a fleet.</summary>
    public const int MostGpus = 4096;

    /// <summary>Devices in all.</summary>
    public int Gpus => Nodes * GpusPerNode;

    /// <summary>
    /// Parses <c>16xA100-80GB</c>; machines of <paramref name="gpusPerNode"/> devices, or one machine when there are fewer.
    /// </summary>
    /// <param name="text">The fleet.</param>
    /// <param name="gpusPerNode">Devices of a machine.</param>
    /// <param name="option">The option that it stands in, for messages.</param>
    /// <exception cref="InputException">Not of that form, or devices that do not fill whole machines.</exception>
    public static Fleet Parse(string text, int gpusPerNode, string option = "--fleet")
    {
        var match = Pattern().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var gpus)
            || gpus is < 1 or > MostGpus)
            throw new InputException($"{option} is '{text}', expected COUNTxGPU with 1 to {MostGpus} devices, for example 16xA100-80GB");
        var perNode = Math.Min(gpus, gpusPerNode);
        if (perNode < 1 || gpus % perNode != 0)
            throw new InputException($"{option}: {gpus} devices do not fill machines of {gpusPerNode}; allowed: a divisor of {gpus}");
        return new(match.Groups[2].Value, gpus / perNode, perNode);
    }

    [GeneratedRegex(@"^\s*(\d{1,6})\s*[x×*]\s*(\S.*?)\s*$")]
    private static partial Regex Pattern();
}
