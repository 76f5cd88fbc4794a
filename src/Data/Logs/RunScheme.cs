using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Data.Logs;

/// <summary>The layout of a run from its facts; null where they don't tell one that its devices allow.</summary>
internal static class RunScheme
{
    /// <summary>The layout.</summary>
    public static Scheme? Of(RunFacts facts, int gpus)
    {
        if (facts.Text(RunField.Parallelism) is not { } text)
            return gpus == 1 ? Scheme.Ddp : null;
        try
        {
            var scheme = Scheme.Parse(text);
            if (scheme is { Tensor: 1, Pipeline: 1, Context: 1, Expert: 1 })
                scheme = scheme with
                {
                    Tensor = facts.Count(RunField.Tensor) ?? 1,
                    Pipeline = facts.Count(RunField.Pipeline) ?? 1,
                    Context = facts.Count(RunField.Context) ?? 1,
                };
            if (scheme.Name == SchemeName.Hsdp && facts.Count(RunField.Shards) is { } shards)
                scheme = scheme with { Group = shards };
            scheme.On(gpus, Math.Min(gpus, facts.Count(RunField.GpusPerNode) ?? 8));
            return scheme;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
