using System.Text;
using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Data.Json;

namespace SlmPlanner.Data.Measurements;

/// <summary>Files of observations, one JSON document per line. A bad line rejects itself alone, with the reason.</summary>
public static class ObservationLines
{
    /// <summary>All lines in the order of the file, blank ones passed over.</summary>
    /// <exception cref="InputException">The file is missing, or a line is of another version.</exception>
    public static IReadOnlyList<MeasurementRow> Read(string path)
    {
        if (!File.Exists(path))
            throw new InputException($"{path}: no such file");
        return [.. File.ReadLines(path, Encoding.UTF8).Select((text, index) => (Text: text, Line: index + 1))
            .Where(line => !string.IsNullOrWhiteSpace(line.Text)).Select(line => Row(path, line.Line, line.Text))];
    }

    /// <summary>The text of a file of observations.</summary>
    public static string All(IEnumerable<Observation> observations) => string.Concat(observations.Select(seen => Text(seen) + "\n"));

    /// <summary>The line of an observation, without its end.</summary>
    public static string Text(Observation observation) => JsonSerializer.Serialize(observation, ObservationJson.Default.Observation);

    private static MeasurementRow Row(string path, int line, string text)
    {
        FormatVersion.Check(text, Observation.CurrentVersion, $"{path}, line {line}");
        try
        {
            var observation = JsonSerializer.Deserialize(text, ObservationJson.Default.Observation)
                ?? throw new JsonException("the line is null");
            ObservationRules.Check(observation);
            observation = observation with { From = observation.From with { File = Path.GetFileName(path), Line = line } };
            return new(path, line, observation.Name, observation, null);
        }
        catch (Exception exception) when (exception is JsonException or InputException)
        {
            return new(path, line, "", null, $"{path}, line {line}: {exception.Message}");
        }
    }
}
