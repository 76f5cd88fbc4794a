using System.Text.Json;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Tests;

namespace SlmPlanner.Calibrator.Tests.Devices;

public sealed class MachineReaderTests : IDisposable
{
    private const string MachineId = "0123456789abcdef0123456789abcdef";
    private const string Uuid = "GPU-11112222-3333-4444-5555-666677778888";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Two_hosts_with_the_same_processor_are_two_machines()
    {
        var one = Host("one", MachineId);
        var two = Host("two", MachineId.Replace('0', '9'));
        Assert.Equal((one.Processor, one.MemoryGib, one.LogicalProcessors), (two.Processor, two.MemoryGib, two.LogicalProcessors));
        Assert.NotEqual(one.Tag(), two.Tag());
        Assert.Equal(one.Tag(), Host("again", MachineId).Tag());
        Assert.Matches("^[0-9a-f]{6}$", one.Tag());
    }

    [Fact]
    public void A_machine_is_told_by_its_gpus_and_their_driver()
    {
        var machine = Host("gpu", MachineId, Uuid);
        var device = Assert.Single(machine.Devices);
        Assert.Equal(("NVIDIA H100 80GB HBM3", "0000:1b:00.0", "535.104.05"), (device.Name, device.PciId, machine.Driver));
        Assert.NotEqual(Host("cpu", MachineId).Tag(), machine.Tag());
        Assert.NotEqual(Host("other", MachineId, Uuid.Replace('8', '9')).Tag(), machine.Tag());
        Assert.Null(Assert.Single(Host("container", MachineId, "GPU-????????-????-????-????-????????????").Devices).UuidHash);
    }

    [Fact]
    public void The_cloud_is_named_where_its_files_say_so_and_nothing_secret_is_kept_in_clear()
    {
        _folder.Write("cloud/run/cloud-init/instance-data.json", """
            {"v1": {"cloud_name": "aws", "region": "us-east-1", "instance_id": "i-0secret", "local_hostname": "ip-10-0-0-1"}, "ds": {"meta_data": {"instance-type": "p5.48xlarge"}}}
            """);
        var machine = Host("cloud", MachineId, Uuid);
        Assert.Equal(("aws", "p5.48xlarge", "us-east-1"), (machine.Provider, machine.InstanceType, machine.Region));
        var text = JsonSerializer.Serialize(machine);
        Assert.All((string[])[MachineId, Uuid, Uuid[4..], "i-0secret", "ip-10-0-0-1"],
            secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_host_that_shows_nothing_still_has_a_fingerprint()
    {
        _folder.Write("bare/run/cloud-init/instance-data.json", "not json");
        var machine = MachineReader.Read(Path.Combine(_folder.Path, "bare"));
        Assert.Equal((null, null, 16), (machine.HostHash, machine.Provider, machine.Fingerprint.Length));
        Assert.Empty(machine.Devices);
    }

    public void Dispose() => _folder.Dispose();

    private MachineIdentity Host(string name, string machineId, string? gpu = null)
    {
        _folder.Write($"{name}/proc/cpuinfo", "processor\t: 0\nmodel name\t: Intel(R) Xeon(R) CPU @ 2.20GHz\nprocessor\t: 1\nmodel "
            + "name\t: Intel(R) Xeon(R) CPU @ 2.20GHz\n");
        _folder.Write($"{name}/proc/meminfo", "MemTotal:       16391260 kB\n");
        _folder.Write($"{name}/etc/machine-id", $"{machineId}\n");
        if (gpu is not null)
        {
            _folder.Write($"{name}/proc/driver/nvidia/version",
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.104.05  Sat Aug 19 01:15:15 UTC 2023\n");
            _folder.Write($"{name}/proc/driver/nvidia/gpus/0000:1b:00.0/information",
                $"Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   \t\t 17\nGPU UUID: \t {gpu}\n");
        }
        return MachineReader.Read(Path.Combine(_folder.Path, name));
    }
}
