using System.Globalization;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Data.History;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Fleets;

/// <summary>Calibrated machines as tables: each beside its siblings, each kind beside published rows.</summary>
internal static class FleetTables
{
    /// <summary>Every machine beside the others of its device and beside itself earlier.</summary>
    /// <param name="machines">Machines by device, the slowest first.</param>
    public static Listing<MachineStanding> Machines(IReadOnlyList<MachineStanding> machines) => new(
        "machines",
        "Machines by device, the slowest first; speeds are median rates of micro-benchmarks beside the median machine of the device",
        machines,
        new ListingColumn<MachineStanding>("machine", "Machine", machine => machine.Machine),
        new("device", "Device", machine => machine.Device),
        new("runs", "Runs", machine => machine.Runs, IsNumber: true),
        new("latest", "Latest", machine => DateOnly.FromDateTime(machine.Latest.UtcDateTime)),
        new("siblings", "Others of its kind", machine => machine.Siblings, IsNumber: true) { IsOptional = true },
        new("speed", "Speed", machine => machine.Speed, machine => Share(machine.Speed), IsNumber: true),
        new("compute_speed", "Multiplies", machine => machine.ComputeSpeed, machine => Share(machine.ComputeSpeed), IsNumber: true),
        new("memory_speed", "Memory", machine => machine.MemorySpeed, machine => Share(machine.MemorySpeed), IsNumber: true),
        new("drift", "Since its first run", machine => machine.Drift, machine => machine.Drift is { } drift
            ? drift.ToString("+0.0 %;-0.0 %;0.0 %", CultureInfo.InvariantCulture) : Readable.Missing, IsNumber: true),
        new("held_out_error", "Held-out error", machine => machine.HeldOutError, machine => Share(machine.HeldOutError), IsNumber: true));

    /// <summary>Every device beside what published rows say of the same configurations.</summary>
    /// <param name="devices">Devices with a datasheet that were calibrated.</param>
    public static Listing<DeviceComparison> Published(IReadOnlyList<DeviceComparison> devices) => new(
        "devices",
        "Calibrated devices beside published rows: measured speed over the speed predicted for the same configurations",
        devices,
        new ListingColumn<DeviceComparison>("device", "Device", device => device.Device),
        new("configurations", "Bursts", device => device.Configurations, IsNumber: true),
        new("rows_of_device", "Published rows of it", device => device.RowsOfDevice, IsNumber: true),
        new("speed", "Measured", device => device.Speed, device => Readable.Percent(device.Speed), IsNumber: true),
        new("speed_low", "at least", device => device.SpeedLow, device => Readable.Percent(device.SpeedLow), IsNumber: true),
        new("speed_high", "at most", device => device.SpeedHigh, device => Readable.Percent(device.SpeedHigh), IsNumber: true),
        new("expected_low", "Expected from", device => device.ExpectedLow, device => Readable.Percent(device.ExpectedLow), IsNumber: true),
        new("expected_high", "to", device => device.ExpectedHigh, device => Readable.Percent(device.ExpectedHigh), IsNumber: true),
        new("is_expected", "In words", device => device.IsExpected, DeviceComparisonWords.Short));

    private static string Share(double? share) => share is { } known ? Readable.Percent(known) : Readable.Missing;
}
