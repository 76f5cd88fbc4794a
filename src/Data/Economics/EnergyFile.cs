using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Economics;

/// <summary>Reads <c>carbon.json</c> under a profiles folder.</summary>
public static class EnergyFile
{
    /// <summary>The model of power and grids that the file describes.</summary>
    /// <exception cref="InputException">A missing or malformed file, or a region on an unknown grid.</exception>
    public static EnergyModel Read(string profiles)
    {
        var path = Path.Combine(profiles, "carbon.json");
        var profile = JsonFile.Read(path, EnergyJson.Default.PowerProfile, FormatVersion.OfDataFiles);
        foreach (var region in profile.Regions)
        {
            if (profile.Grids.All(grid => grid.Grid != region.Grid))
                throw new InputException($"{path}: region '{region.Region}' of {region.Provider} is on grid '{region.Grid}', which has "
                    + $"no intensity");
        }
        return new(profile);
    }
}
