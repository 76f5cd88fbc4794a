using SlmPlanner.Calibrator.Proof;
using SlmPlanner.Core;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests;

public sealed class ProofLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("proof").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_proof_that_was_stopped_measures_nothing_twice()
    {
        var file = Path.Combine(_folder, "proof.jsonl");
        var measured = 0;
        Task<BurstResult> Measure(BurstSpec spec)
        {
            measured++;
            return Task.FromResult(new BurstResult { Spec = spec, Device = "test", Status = BurstStatus.Ok });
        }

        var other = Specs.Small with { NLayers = 7 };
        using (var log = ProofLog.Open(file, TimeProvider.System))
            await log.Burst(Specs.Small, 0, () => Measure(Specs.Small));
        using (var log = ProofLog.Open(file, TimeProvider.System))
        {
            Assert.Equal(Specs.Small, (await log.Burst(Specs.Small, 0, () => Measure(Specs.Small))).Spec);
            Assert.Equal(1, measured);
            await log.Burst(Specs.Small, 1, () => Measure(Specs.Small));
            await log.Burst(other, 0, () => Measure(other));
        }
        Assert.Equal(3, measured);
    }

    [Fact]
    public async Task What_was_measured_together_is_kept_together()
    {
        var file = Path.Combine(_folder, "proof.jsonl");
        var measured = 0;
        BurstSpec[] lanes = [Specs.Small, Specs.Small with { NLayers = 7 }];
        Task<IReadOnlyList<BurstResult>> Measure()
        {
            measured++;
            return Task.FromResult<IReadOnlyList<BurstResult>>(
                [.. lanes.Select(spec => new BurstResult { Spec = spec, Device = "test", Status = BurstStatus.Ok })]);
        }

        using (var log = ProofLog.Open(file, TimeProvider.System))
            await log.Bursts(lanes, 0, Measure);
        using (var log = ProofLog.Open(file, TimeProvider.System))
        {
            Assert.Equal(lanes, (await log.Bursts(lanes, 0, Measure)).Select(burst => burst.Spec));
            Assert.Equal(1, measured);
            await log.Bursts(lanes, 1, Measure);
        }
        Assert.Equal(2, measured);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_count_out_of_range_is_named_with_its_range(int count)
    {
        var exception = Assert.Throws<InputException>(() => ProofInput.Read(_folder, count));
        Assert.Equal($"--count is {count}; 1 to 1000 is allowed", exception.Message);
    }

    [Fact]
    public void A_folder_without_measurements_is_no_calibration() =>
        Assert.Contains("no such file", Assert.Throws<InputException>(() => ProofInput.Read(_folder, 3)).Message, StringComparison.Ordinal);
}
