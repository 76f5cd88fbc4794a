using SlmPlanner.Calibrator.Bursts;
using SlmPlanner.Calibrator.Matrix;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Calibrator.Tests;

/// <summary>The bursts that bracket a model.</summary>
public sealed class PoolRangesTests
{
    [Fact]
    public void A_model_with_experts_and_windows_gives_bursts_with_and_without_them()
    {
        var shape = Specs.Small.Shape.With(new ExpertLayers(64, 8, 96), new WindowLayers(128, FullEvery: 2));
        var pool = new BurstPool(PoolRanges.For(shape), threads: 2, seed: 1).Draw(200);
        Assert.Equal([null, new ExpertLayers(16, 8, 48), new ExpertLayers(16, 8, 96)],
            pool.Select(spec => spec.Experts).Distinct().OrderBy(experts => experts?.Width ?? 0));
        Assert.Equal([null, new WindowLayers(32), new WindowLayers(128)],
            pool.Select(spec => spec.Windows).Distinct().OrderBy(windows => windows?.Tokens ?? 0));
        List<string> problems = [];
        foreach (var spec in pool)
            BurstSpecRules.Check(spec, problems);
        Assert.Empty(problems);
    }

    [Fact]
    public void A_dense_model_gives_dense_bursts() =>
        Assert.All(new BurstPool(PoolRanges.For(Specs.Small.Shape), threads: 2, seed: 1).Draw(200),
            spec => Assert.Equal((null, null), (spec.Experts, spec.Windows)));
}
