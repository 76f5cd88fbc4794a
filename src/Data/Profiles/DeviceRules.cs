using SlmPlanner.Core;

namespace SlmPlanner.Data.Profiles;

/// <summary>What a device file must keep beyond its contract.</summary>
internal static class DeviceRules
{
    private const double Largest = 1e7;

    /// <summary>Fails unless every number is positive and names sources that exist.</summary>
    public static void Check(DeviceFile file, string path, IReadOnlyDictionary<string, SourceNote> sources)
    {
        if (string.IsNullOrWhiteSpace(file.Name))
            throw new InputException($"{path}, field $.name: is empty");
        foreach (var (key, datum) in file.Facts())
        {
            if (!(datum.Value > 0 && datum.Value <= Largest))
                throw new InputException(FormattableString.Invariant($"{path}, field $.{key}.value: {datum.Value}, allowed above 0 and at most {Largest}"));
            if (datum.Source.Count == 0)
                throw new InputException($"{path}, field $.{key}.source: names no source");
            if (datum.Source.FirstOrDefault(source => !sources.ContainsKey(source)) is { } unknown)
                throw new InputException($"{path}, field $.{key}.source: '{unknown}' is not in sources.json");
        }
    }
}
