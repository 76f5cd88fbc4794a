using System.Security.Cryptography;
using SlmPlanner.Calibrator.Fleets;
using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Tests.Fleets;

/// <summary>Bursts of a probe reach the store once, however often they are collected.</summary>
public sealed class CollectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Collecting_twice_adds_nothing()
    {
        Upload("c-node-0");
        var result = Assert.Single(FleetResults.Read([_folder.Path], null));
        Assert.True(result.IsUsable, $"{result.State}: {result.Reason}");
        Learning[] learnings = [.. BurstObservation.OfRun(result.Lines)
            .Select(observation => new Learning(observation, EvidenceKind.Burst, "measurements.jsonl"))];

        using var store = EvidenceStore.OpenToAdd(Path.Combine(_folder.Path, "evidence.db"));
        Assert.Equal(learnings.Length, store.Add(learnings, DateTimeOffset.UnixEpoch).Count);
        Assert.NotEmpty(learnings);
        Assert.Empty(store.Add(learnings, DateTimeOffset.UnixEpoch.AddDays(1)));
    }

    /// <summary>What <c>run</c> adds at its end is what <c>collect</c> takes of the same measurements.</summary>
    [Fact]
    public void A_calibration_adds_its_bursts_once()
    {
        var (measurements, store) = (Version1.File("measurements.jsonl"), Path.Combine(_folder.Path, "evidence.db"));
        var added = Calibrator.Runs.BurstStore.Add(measurements, store, DateTimeOffset.UnixEpoch);
        Assert.Equal(MeasurementLog.Read(measurements).Lines.Count(line => line.Burst is { StepTimeS: not null }), added);
        Assert.Equal(0, Calibrator.Runs.BurstStore.Add(measurements, store, DateTimeOffset.UnixEpoch));
        using var evidence = EvidenceStore.OpenToRead(store);
        Assert.All(evidence.All(), kept => Assert.Equal((EvidenceKind.Burst, "measurements.jsonl"), (kept.Kind, kept.File)));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("none", null)]
    [InlineData("team.db", "team.db")]
    public void Bursts_go_where_it_is_said(string? named, string? place) =>
        Assert.Equal(place, Calibrator.Runs.BurstStore.Place(named, "history.db"));

    [Fact]
    public void A_good_copy_of_a_result_counts_before_a_damaged_one()
    {
        Upload(Path.Combine("first", "c-node-0"));
        Upload(Path.Combine("second", "c-node-0"));
        File.AppendAllText(Path.Combine(_folder.Path, "first", "c-node-0", "measurements.jsonl"), "\n");
        Assert.True(Assert.Single(FleetResults.Read([_folder.Path], null)).IsUsable);
    }

    /// <summary>A result as a machine leaves it, with the measurements of the compatibility files and its hashes.</summary>
    private void Upload(string name)
    {
        var measurements = File.ReadAllText(Version1.File("measurements.jsonl"));
        var ending = $$"""{"schema_version":1,"fleet":"f","probe":"c-node-0","exit_code":0,"started":"2026-11-29T10:00:00Z","ended":"2026-11-29T10:10:00Z"}""";
        string[] files = [_folder.Write(Path.Combine(name, "measurements.jsonl"), measurements),
            _folder.Write(Path.Combine(name, "result.json"), ending)];
        _folder.Write(Path.Combine(name, "SHA256SUMS"), string.Concat(files.Select(file =>
            $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}  {Path.GetFileName(file)}\n")));
    }
}
