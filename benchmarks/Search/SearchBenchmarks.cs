using BenchmarkDotNet.Attributes;
using SlmPlanner.Core.Planning;
using SlmPlanner.Core.Planning.Search;

namespace SlmPlanner.Search.Benchmarks;

/// <summary>The README's request over the whole shipped catalog.</summary>
[MemoryDiagnoser]
public class SearchBenchmarks
{
    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Workers { get; set; }

    [Benchmark(Description = "search")]
    public object Search() => SearchOutcome.Of(ShippedCatalog.Request, ShippedCatalog.Inputs, Workers);

    [Benchmark(Description = "search and answer")]
    public object Plan() => new Planner(ShippedCatalog.Inputs, Workers).Plan(ShippedCatalog.Request);
}
