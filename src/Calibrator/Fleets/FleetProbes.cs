using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Plans;
using SlmPlanner.Presentation.Probes;

namespace SlmPlanner.Calibrator.Fleets;

/// <summary>The machines of a fleet: those that a file names, or a list.</summary>
internal static class FleetProbes
{
    /// <summary>
    /// Of an answer of <c>slm-plan probe</c>, the probes to take; of a plan that was asked for them too, else one machine of the best offer
    /// of each device.
    /// </summary>
    /// <param name="path">A <c>plan.json</c> or <c>probe.json</c>.</param>
    /// <exception cref="InputException">The file is neither, or names no machine.</exception>
    public static IReadOnlyList<FleetProbe> FromFile(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {path}: {exception.Message}", exception);
        }
        var probes = text.Contains("\"best_per_gpu\"", StringComparison.Ordinal) ? OfPlan(PlanJson.Parse(text, path))
            : ProbeJson.Read(text, path).Portfolio.Select(Of);
        return Distinct(probes) is { Count: > 0 } found
            ? found
            : throw new InputException($"{path} names no machine to measure: give --offers PROVIDER/MACHINE/REGION[=COUNTxGPU],…");
    }

    /// <summary>The probes that a plan says to take; where it says none, the best offer of each device.</summary>
    private static IEnumerable<FleetProbe> OfPlan(PlanResult plan) => plan.MeasureFirst is { Portfolio.Count: > 0 } measure
        ? measure.Portfolio.Select(Of)
        : plan.BestPerGpu.Where(candidate => candidate.TermMonths is null).Select(Of);

    /// <summary>Machines as a person lists them.</summary>
    /// <param name="offers">PROVIDER/MACHINE, with /REGION and =COUNTxGPU where wanted.</param>
    /// <exception cref="InputException">A part that can't be read.</exception>
    public static IReadOnlyList<FleetProbe> FromList(IEnumerable<string> offers) => Distinct(offers.Select(Read));

    private static FleetProbe Of(Probe probe) =>
        FleetProbe.Of(probe.Provider, probe.InstanceType, probe.Region, probe.Gpu, probe.Gpus, spot: false);

    private static FleetProbe Of(Candidate candidate) => FleetProbe.Of(
        candidate.Provider, candidate.InstanceType, candidate.Region, candidate.Gpu, candidate.GpusPerNode, candidate.Spot);

    private static FleetProbe Read(string offer)
    {
        var (machine, devices) = offer.Split('=') switch
        {
            [var alone] => (alone, null),
            [var left, var right] => (left, (string?)right),
            _ => throw Unreadable(offer),
        };
        var parts = machine.Split('/');
        if (parts.Length is < 2 or > 3 || parts.Any(string.IsNullOrWhiteSpace))
            throw Unreadable(offer);
        var (count, gpu) = devices is null ? (0, null) : Devices(devices, offer);
        return FleetProbe.Of(parts[0], parts[1], parts.Length > 2 ? parts[2] : null, gpu, count, spot: false);
    }

    private static (int Count, string Gpu) Devices(string text, string offer)
    {
        var at = text.IndexOf('x', StringComparison.Ordinal);
        return at > 0 && int.TryParse(text[..at], out var count) && count is > 0 and <= 64 && at < text.Length - 1
            ? (count, text[(at + 1)..])
            : throw Unreadable(offer);
    }

    private static InputException Unreadable(string offer) => new(
        $"--offers: '{offer}' is not PROVIDER/MACHINE[/REGION][=COUNTxGPU], for example lambda/gpu_1x_a10/us-west-1=1xA10");

    private static List<FleetProbe> Distinct(IEnumerable<FleetProbe> probes) => [.. probes.DistinctBy(probe => probe.Name)];
}
