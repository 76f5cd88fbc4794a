using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Calibrator.Tests.Runs;
using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Data.History;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Tests;

namespace SlmPlanner.Calibrator.Tests;

/// <summary>A second machine of a kind starts from the first: it is 9 % slower, and single configurations differ by 2 % more.</summary>
public sealed class SiblingTests : IDisposable
{
    private const double Slower = 1.09;
    private static readonly Accelerator Device = SimulatedMachine.Device;
    private static readonly BurstSpec[] Pool = [.. new BurstPool(PoolRanges.Default, threads: 2, seed: 5).Draw(400)
        .Where(spec => Seconds(spec) is > 0.02 and < 1)];
    private static readonly Sibling First = Sibling.Of(Device, "#first", Pool.Take(40).Select(spec => Burst(spec, 1)));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_burst_of_its_own_it_is_predicted_as_the_first_one()
    {
        var (with, without) = (Error(MachineModel.Fit(Device, [], [First])), Error(MachineModel.Fit(Device, [])));
        Assert.InRange(with, 0.05, 0.12);
        Assert.True(with < without, $"{with:P1} from the first, {without:P1} from nothing");
    }

    [Fact]
    public void With_eight_bursts_it_is_known_as_well_as_the_first_with_forty()
    {
        BurstResult[] own = [.. Pool.Skip(50).Take(8).Select(spec => Burst(spec, Slower))];
        var (with, without) = (Error(MachineModel.Fit(Device, own, [First])), Error(MachineModel.Fit(Device, own)));
        Assert.InRange(with, 0, 0.05);
        Assert.True(with < without / 2, $"{with:P1} with the first, {without:P1} without");
    }

    [Fact]
    public void Its_own_factor_is_found_and_drawn_to_none_while_little_is_known()
    {
        BurstResult[] own = [.. Pool.Skip(50).Take(8).Select(spec => Burst(spec, Slower))];
        var (few, many) = (First.Slower(own[..1], new(null), 0.08), First.Slower(own, new(null), 0.08));
        Assert.Equal((0, 0.1), (First.Slower([], new(null), 0.08).Mean, Math.Round(First.Slower([], new(null), 0.08).Error, 9)));
        Assert.InRange(many.Mean, 0.06, 0.1);
        Assert.True(many.Error < few.Error && few.Error < 0.1);
    }

    [Fact]
    public void Siblings_are_copied_and_read_with_the_run()
    {
        var first = Folder("first", "#first", "synthetic");
        var here = Directory.CreateDirectory(Path.Combine(_folder.Path, "second")).FullName;
        Assert.Equal(["#first"], SiblingFiles.Keep(here, [first], Here));
        Write(here, "#second", "synthetic");
        Directory.Delete(first, recursive: true);
        Assert.Equal("#first", Assert.Single(SiblingFiles.Read(here).Siblings).Environment!.Machine);
    }

    [Theory]
    [InlineData("#first", "another", "it was measured on another, this is synthetic")]
    [InlineData("#second", "synthetic", "it was measured on this machine, #second: --resume goes on with it")]
    public void A_folder_that_is_no_sibling_is_refused(string machine, string device, string reason)
    {
        var folder = Folder("other", machine, device);
        Assert.Contains(reason, Assert.Throws<InputException>(() => SiblingFiles.Keep(_folder.Path, [folder], Here)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_history_knows_the_latest_run_of_each_other_machine_of_the_kind()
    {
        var (one, two, gone) = (Folder("one", "#1", "synthetic"), Folder("two", "#2", "synthetic"), Path.Combine(_folder.Path, "gone"));
        HistoryEntry[] history =
        [
            Entry("#1", "synthetic", gone, 1), Entry("#1", "synthetic", one, 2), Entry("#2", "synthetic", two, 3),
            Entry("#3", "synthetic", gone, 4),
            Entry("#second", "synthetic", one, 5), Entry("#4", "another", two, 6),
        ];
        Assert.Equal([two, one], SiblingFiles.Known(history, Here));
    }

    private static RunEnvironment Here => SyntheticMachine.Environment with { Machine = "#second" };

    private static HistoryEntry Entry(string machine, string device, string folder, int day) => new()
    {
        At = new(2026, 1, day, 0, 0, 0, TimeSpan.Zero), Machine = machine, Device = device, Versions = "1", Settings = "", Folder = folder,
            Bursts = 1,
        Numbers = new Dictionary<string, double>(),
    };

    private string Folder(string name, string machine, string device)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
        Write(folder, machine, device);
        return folder;
    }

    private static void Write(string folder, string machine, string device)
    {
        using var log = MeasurementLog.Open(Path.Combine(folder, "measurements.jsonl"));
        log.Append(new() { At = default, Environment = SyntheticMachine.Environment with { Machine = machine, Device = device } });
        log.Append(new() { At = default, Burst = Burst(Pool[0], 1) });
    }

    private static double Error(MachineModel model) =>
        Pool.Skip(60).Take(30).Average(spec => Math.Abs(model.StepSeconds(spec) / (Slower * Seconds(spec)) - 1));

    private static double Seconds(BurstSpec spec) => SyntheticMachine.StepSeconds(Device, spec);

    /// <summary>
    /// What one configuration differs by follows from the configuration and the machine, so that it is the same in every test.
    /// </summary>
    private static BurstResult Burst(BurstSpec spec, double slower)
    {
        var own = 0.02 * (2 * new Random(Array.IndexOf(Pool, spec) + (int)(100 * slower)).NextDouble() - 1);
        var seconds = slower * Seconds(spec) * Math.Exp(own);
        return new()
        {
            Spec = spec, Device = "synthetic", Status = BurstStatus.Ok, StepTimeS = new(seconds, seconds, seconds, 0, seconds, 6),
                TokensPerS = spec.TokensPerStep / seconds,
        };
    }
}
