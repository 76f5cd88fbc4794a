using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>Describes the machine that runs this.</summary>
internal static class Environments
{
    /// <summary>The environment of a run with these settings.</summary>
    public static RunEnvironment Of(RunSettings settings)
    {
        var identity = MachineReader.Read();
        return new()
        {
            Device = DeviceName.Of(settings.Device, settings.Threads),
            DeviceKind = settings.Device,
            Processor = DeviceName.Processor(),
            Threads = settings.Threads,
            MemoryBytes = (ComputeDevices.CudaIndex(settings.Device) is { } index ? NvmlUtilisation.TotalMemoryBytes((uint)index) : null)
                ?? HostMemory.TotalBytes() ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            System = RuntimeInformation.OSDescription,
            Machine = $"#{identity.Tag()}",
            Identity = identity,
            Program = typeof(Environments).Assembly.GetName().Version?.ToString(3) ?? "unknown",
            BudgetS = settings.BudgetSeconds,
            Seed = settings.Seed,
        };
    }
}
