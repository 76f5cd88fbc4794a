using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Performance;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Calibration;

/// <summary>Resolves records against the catalogs of devices and stacks.</summary>
/// <param name="devices">Devices and their spellings.</param>
/// <param name="stacks">Stacks and their spellings.</param>
public sealed class WorkloadResolver(DeviceCatalog devices, SoftwareStackCatalog stacks)
{
    private const double Tera = 1e12;

    /// <summary>The workload of a record.</summary>
    /// <exception cref="InputException">The device is unknown or lacks a datasheet fact, or a word or the shape is invalid.</exception>
    public Workload Resolve(MeasurementRecord record)
    {
        var device = devices.Find(record.Gpu);
        var stated = FieldWords.PrecisionOf(record.Precision);
        var precision = stated ?? device.DefaultPrecision();
        var rates = DeviceRates.Of(device, precision)
            ?? throw new InputException($"{device.Name}: no rate for {DeclaredName.Of(precision)} or no memory bandwidth is known");
        var stack = stacks.Find(record.Stack);
        var (shape, filled) = PossibleShape.Of(record);
        var costs = ShapeCosts.Of(shape, stack.PadsVocabulary);
        var (setups, open) = PossibleSetups.Of(record, stack, costs.Parameters);
        var link = record.InterNodeGbitS is { } network ? new NodeLink(null, network, "as stated") : null;
        return new()
        {
            Record = record,
            Shape = shape,
            Costs = costs,
            Device = device.Name,
            PeakFlops = (device.Bf16Tflops ?? device.Fp16Tflops ?? device.Fp32Tflops ?? 0) * Tera,
            Rates = rates,
            Links = LinkRates.Of(link, device),
            Keys = StackKeys.Of(device, stack, costs, setups[0], record.Attention) with { Source = record.Source },
            Setups = [.. setups.Select(setup => setup with { Precision = precision })],
            Assumptions =
            [
                .. filled,
                .. stated is null ? [$"precision taken as {DeclaredName.Of(precision)}"] : Array.Empty<string>(),
                .. open.Select(field => $"{field} unknown: averaged over"),
            ],
        };
    }
}
