using SlmPlanner.Data.Measurements.Runs;
using SlmPlanner.Data.Store;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>Adds the bursts of a calibration to the user's evidence, where plans find them.</summary>
internal static class BurstStore
{
    /// <summary>The variable behind the planner's setting of the same meaning.</summary>
    private const string Variable = "SLMPLAN_EVIDENCE";

    /// <summary>
    /// The store: the one named, else that of the planner's variable, else the one that keeps the history; null for none.
    /// </summary>
    /// <param name="named">A file, or <c>none</c>; null where nothing was said.</param>
    /// <param name="history">The store that keeps past runs.</param>
    public static string? Place(string? named, string history) =>
        (named ?? Environment.GetEnvironmentVariable(Variable)) switch
        {
            null or "" => history,
            StorePlace.None => null,
            var path => path,
        };

    /// <summary>Adds the bursts of a file of measurements, those that are there already aside, and returns how many were new.</summary>
    /// <exception cref="Core.InputException">A file can't be read or written.</exception>
    public static int Add(string measurements, string store, DateTimeOffset at)
    {
        using var evidence = EvidenceStore.OpenToAdd(store);
        return evidence.Add(BurstObservation.OfRun(MeasurementLog.Read(measurements).Lines)
            .Select(observation => new Learning(observation, EvidenceKind.Burst, measurements)), at).Count;
    }
}
