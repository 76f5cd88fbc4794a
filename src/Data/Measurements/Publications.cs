using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Csv;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Data.Measurements;

/// <summary>Reads the spellings of sources (<c>validation/publications.csv</c>: <c>spelling, publication, reason</c>).</summary>
public static class Publications
{
    /// <summary>The spellings of every layer; a later layer replaces those of an earlier one.</summary>
    public static PublicationCatalog Read(ProfileStore store)
    {
        var spellings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var path in store.All("validation", "publications.csv"))
        {
            using var rows = CsvRows.Open(path);
            int spelling = rows.Required("spelling"), publication = rows.Required("publication");
            while (rows.Next())
                spellings[rows.Text(spelling)] = rows.Text(publication);
        }
        return new(spellings);
    }
}
