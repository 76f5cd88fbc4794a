using System.Diagnostics;
using System.Globalization;
using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Tests;

namespace SlmPlanner.Calibrator.Tests.Devices;

public sealed class ProcUtilisationTests
{
    /// <summary>
    /// In 2 s at 250 ticks a second the burst gets 750 ticks, 1.5 cores, and all cores are busy for 1,000, so that others have half a core.
    /// The host took 50 ticks, a tenth of a core, and a task waited for 0.4 of the 2 s. 10 pages of 64 KiB are 655,360 bytes.
    /// </summary>
    [Fact]
    public void Ticks_and_pages_are_counted_in_the_units_given()
    {
        using var proc = new TemporaryFolder();
        proc.Write("cpuinfo", "cpu MHz\t\t: 2000.0\ncpu MHz\t\t: 3000.0\n");
        proc.Write("7/statm", "99 10 5 1 0 8 0\n");
        proc.Write("7/stat", $"7 (a burst) S {string.Join(' ', Enumerable.Repeat(0, 10))} 0 0 0\n");
        proc.Write("stat", "cpu  100 0 100 5000 300 0 0 0 0 0\n");
        proc.Write("pressure/cpu", "some avg10=0.00 avg60=0.00 avg300=0.00 total=1000000\nfull avg10=0.00 avg60=0.00 avg300=0.00 "
            + "total=0\n");
        using var source = new ProcUtilisation(7, new(250, 65536), proc.Path);
        proc.Write("7/stat", $"7 (a burst) S {string.Join(' ', Enumerable.Repeat(0, 10))} 700 50 0\n");
        proc.Write("stat", "cpu  900 0 300 6000 400 0 0 50 0 0\n");
        proc.Write("pressure/cpu", "some avg10=9.00 avg60=0.00 avg300=0.00 total=1400000\nfull avg10=0.00 avg60=0.00 avg300=0.00 "
            + "total=0\n");
        var expected = new UtilisationSample
        {
            TimeS = 2, BurstCores = 1.5, OtherCores = 0.5, StealCores = 0.1, ResidentBytes = 655_360, CpuMhz = 2500,
        };
        var read = source.Read(new() { TimeS = 2 });
        Assert.Equal(expected, read with { CpuPressure = null });
        Assert.Equal(0.2, read.CpuPressure!.Value, 9);
    }

    [Fact]
    public void The_units_of_this_system_are_those_that_getconf_prints()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "getconf is asked on Linux");
        Assert.Equal(new(Getconf("CLK_TCK"), Getconf("PAGESIZE")), ProcUnits.OfThisSystem());
    }

    private static double Getconf(string name)
    {
        using var process = Process.Start(new ProcessStartInfo("getconf", [name]) { RedirectStandardOutput = true })!;
        return double.Parse(process.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
    }
}
