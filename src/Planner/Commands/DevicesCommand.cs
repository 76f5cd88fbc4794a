using Cocona;
using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Units;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Tables;

using Spectre.Console;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan devices</c>: the devices that can be planned for.</summary>
internal sealed class DevicesCommand(IAnsiConsole console)
{
    private static readonly CommandArgument Device = new("NAME", "a device's name or alias");

    /// <summary>The command that lists.</summary>
    public static Command ListCommand { get; } = new Command("list", "List the devices that can be planned for.")
    {
        Options = [OutputOptions.Format, .. DataOptions.All],
        Examples = ["slm-plan devices list --format csv"],
    }.DoneBy<DevicesCommand>((command, given) => command.List(given));

    /// <summary>The command that shows one.</summary>
    public static Command ShowCommand { get; } = new Command(
        "show", "Show one device: each number with its source, date and how well it is known.")
    {
        Arguments = [Device],
        Options = [OutputOptions.Format, .. DataOptions.All],
        Examples = ["slm-plan devices show H100"],
    }.DoneBy<DevicesCommand>((command, given) => command.Show(given));

    /// <summary>Lists the devices.</summary>
    private int List(Given given)
    {
        var listing = new Listing<Accelerator>("devices", "Devices", [.. DataOptions.OpenProfiles(given).Devices.Devices],
            new("name", "Device", device => device.Name),
            new("memory_gib", "Memory GiB", device => device.MemoryGib, IsNumber: true),
            new("memory_bandwidth_gb_s", "GB/s", device => device.MemoryBandwidthGbS, IsNumber: true),
            new("bf16_tflops", "bf16 TFLOP/s", device => device.Bf16Tflops, IsNumber: true),
            new("fp16_tflops", "fp16 TFLOP/s", device => device.Fp16Tflops, IsNumber: true),
            new("fp32_tflops", "fp32 TFLOP/s", device => device.Fp32Tflops, IsNumber: true),
            new("nvlink_gb_s", "NVLink GB/s", device => device.NvlinkGbS, IsNumber: true),
            new("pcie_gen", "PCIe", device => device.PcieGen, IsNumber: true),
            new("tdp_w", "Watts", device => device.TdpW, IsNumber: true),
            new("form_factor", "Form", device => device.FormFactor));
        ListingOutput.Print(listing, given.Of(OutputOptions.Format), console, Console.Out);
        return ExitCode.Done;
    }

    /// <summary>Shows one device with the source of each number.</summary>
    private int Show(Given given)
    {
        var store = DataOptions.OpenProfiles(given);
        var device = store.Devices.Find(given.Of(Device)!);
        if (!store.DeviceFiles.TryGetValue(device.Name, out var file))
            throw new InputException($"{device.Name} is a calibrated machine; its numbers are in the profile.json that names it");
        var listing = new Listing<(string Key, SourcedNumber Number)>("facts", Title(file, device), [.. file.Facts()],
            new ListingColumn<(string Key, SourcedNumber Number)>("key", "Fact", fact => fact.Key),
            new("value", "Value", fact => fact.Number.Value, IsNumber: true),
            new("kind", "Known by", fact => fact.Number.Kind.ToString().ToLowerInvariant()),
            new("date", "Date", fact => fact.Number.Date),
            new("source", "Source", fact => string.Join("; ", fact.Number.Source.Select(key => $"{key}: {store.Sources[key].Title}"))));
        ListingOutput.Print(listing, given.Of(OutputOptions.Format), console, Console.Out);
        return ExitCode.Done;
    }

    private static string Title(DeviceFile file, Accelerator device) =>
        string.Join(", ", new[]
        {
            file.Name, file.FormFactor, file.Architecture is { } architecture ? $"architecture {architecture}" : null, file.Note,
            device.Evidence == Evidence.Calibrated ? $"plans use the rates measured as {device.FittedAs}, not these" : null,
        }.OfType<string>());
}
