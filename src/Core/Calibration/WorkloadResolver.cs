using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Performance;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Calibration;

/// <summary>Resolves records against the catalogs of devices and stacks.</summary>
/// <param name="devices">Devices and their spellings.</param>
/// <param name="stacks">Stacks and their spellings.</param>
public sealed class WorkloadResolver(DeviceCatalog devices, StackCatalog stacks)
{
    private const double Tera = 1e12;

    /// <summary>The workload of a record.</summary>
    /// <exception cref="InputException">The device is unknown or lacks a datasheet fact, or a word or the shape is invalid.</exception>
    public Workload Resolve(MeasurementRecord record)
    {
        var device = devices.Find(record.Gpu);
        var precision = FieldWords.PrecisionOf(record.Precision);
        var rates = DeviceRates.Of(device, precision ?? Precision.Bf16Mixed)
            ?? throw new InputException($"{device.Name} has no datasheet rate for {record.Precision ?? "bf16"} or no memory bandwidth");
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
            Links = LinkRates.Of(link, device, stack.Widths),
            Keys = StackKeys.Of(device, stack, costs, setups[0], record.Attention) with { Source = record.Source },
            Setups = setups,
            Assumptions =
            [
                .. filled,
                .. precision is null ? ["precision taken as bf16-mixed"] : Array.Empty<string>(),
                .. open.Select(field => $"{field} unknown: averaged over"),
            ],
        };
    }
}
