using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Workloads;

/// <summary>Resolves observations against the catalogs of devices and stacks.</summary>
/// <param name="devices">Devices and their spellings.</param>
/// <param name="stacks">Stacks and their spellings.</param>
/// <param name="publications">Which publication a source names; the rule alone when null.</param>
public sealed class WorkloadResolver(DeviceCatalog devices, SoftwareStackCatalog stacks, PublicationCatalog? publications = null)
{
    private const double Tera = 1e12;

    /// <summary>The workload of an observation.</summary>
    /// <exception cref="InputException">The device is unknown or lacks a datasheet fact, or the shape is impossible.</exception>
    public Workload Resolve(Observation observation)
    {
        var device = devices.Find(observation.Machine.Gpu);
        var publication = (publications ?? PublicationCatalog.RuleOnly).Of(observation.From.Source);
        var stated = observation.Recipe.Precision;
        var precision = stated ?? device.DefaultPrecision();
        var multiplied = observation.Recipe.IsPureFp16 == true ? Precision.Fp16Mixed : precision;
        var (rates, taken) = DeviceRates.Nearest(device, precision, multiplied)
            ?? throw new InputException($"{device.Name}: no rate for {DeclaredName.Of(precision)} or no memory bandwidth is known");
        var stack = stacks.Find(observation.Stack.Name, observation.Notes);
        var (shape, filled) = PossibleShape.Of(observation);
        var costs = ShapeCosts.Of(shape, stack.PadsVocabulary);
        var (setups, open) = PossibleSetups.Of(observation, stack, costs.Parameters);
        var link = observation.Machine.InterNodeGbitS is { } network ? new NodeLink(null, network, "as stated") : null;
        return new()
        {
            Observation = observation,
            Shape = shape,
            Costs = costs,
            Publication = publication,
            Device = device.Name,
            PeakFlops = (device.Bf16Tflops ?? device.Fp16Tflops ?? device.Fp32Tflops ?? 0) * Tera,
            Rates = rates,
            Links = LinkRates.Of(link, device, stack.Widths),
            Keys = StackKeys.Of(device, stack, costs, setups[0], observation.Recipe.AttentionKernel) with
            {
                Source = publication, Uncompiled = stack.Time.Kernels is null && observation.Stack.Compile is false,
            },
            Setups = [.. setups.Select(setup => setup with { Precision = precision })],
            MeasuredSpread = observation.Speed?.LogError ?? 0,
            Assumptions =
            [
                .. filled,
                .. stated is null ? [$"precision taken as {DeclaredName.Of(precision)}"] : Array.Empty<string>(),
                .. multiplied != precision ? [$"fp16 kept as {DeclaredName.Of(precision)}"] : Array.Empty<string>(),
                .. taken != multiplied ? [$"{DeclaredName.Of(multiplied)} multiplied as {DeclaredName.Of(taken)}"] : Array.Empty<string>(),
                .. open.Select(field => $"{field} unknown: averaged over"),
            ],
        };
    }
}
