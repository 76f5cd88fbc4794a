using SlmPlanner.Data.History;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>A run in the terms of history: rates of micro-benchmarks and the coefficients that the machine has of its own.</summary>
internal static class RunHistory
{
    /// <summary>The entry of a run.</summary>
    public static HistoryEntry Entry(CalibrationResult result, string folder, DateTimeOffset at)
    {
        var environment = result.State.Environment!;
        return new()
        {
            At = at,
            Machine = environment.Machine,
            Device = environment.Device,
            Versions = $"slm-calibrate {environment.Program}, "
                + $"{result.State.Bursts.Select(pair => pair.Burst.Torch).FirstOrDefault(torch => torch is not null)}",
            Settings = $"{environment.BudgetS / 60:0.#} min, {environment.Threads} threads, seed {environment.Seed}",
            Folder = Path.GetFullPath(folder),
            Bursts = result.State.Bursts.Count,
            HeldOutError = result.HeldOutError,
            Numbers = Numbers(result),
        };
    }

    private static Dictionary<string, double> Numbers(CalibrationResult result)
    {
        var numbers = new Dictionary<string, double>();
        foreach (var sample in result.State.Micro!)
        {
            var name = $"{sample.Kind} {sample.Precision} {string.Join('x', sample.Extents)}".ToLowerInvariant().TrimEnd();
            var work = sample.Kind == MicroKind.Launch ? 1 : Math.Max(sample.Flops, sample.Bytes);
            numbers[name + HistoryComparison.RateSuffix] = work / sample.Best;
        }
        foreach (var parameter in result.Model.Fitted.Parameters.Where(parameter => parameter.Key.Length > 0))
            numbers[$"{parameter.Coefficient} ({parameter.Level} {parameter.Key})"] = parameter.Value;
        return numbers;
    }
}
