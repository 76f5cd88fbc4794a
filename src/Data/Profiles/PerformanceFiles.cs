using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Prediction;

namespace SlmPlanner.Data.Profiles;

/// <summary>Reads the fits that the layers of a store hold.</summary>
public static class PerformanceFiles
{
    /// <summary>Reads <c>fit/published.json</c> of the latest layer that has one, and every calibrated <c>profile.json</c>.</summary>
    public static PerformanceProfile Read(ProfileStore store)
    {
        var published = store.Files("fit", "published.json").Select(FitFile.Read).Select(file => file.ToModel()).SingleOrDefault()
            ?? FittedModel.Prior;
        return new(
            published,
            store.Machines.Select(machine => (machine.Device.Name, FitFile.Read(machine.Path).ToModel())),
            store.Stacks.With(published.Stacks.Order(StringComparer.Ordinal)));
    }
}
