using System.Text.Json;
using System.Text.Json.Nodes;
using SlmPlanner.Core.Measurements;

namespace SlmPlanner.Data.Measurements;

/// <summary>An observation field by field, under the names of its JSON form: <c>machine.gpu</c>, <c>recipe.seq_len</c>, …</summary>
public static class ObservationFields
{
    /// <summary>The fields that it has, in the order of the form; a list as its values side by side.</summary>
    public static IReadOnlyList<(string Field, string Value)> Of(Observation observation) =>
        [.. Leaves("", JsonSerializer.SerializeToNode(observation, ObservationJson.Default.Observation)!)];

    private static IEnumerable<(string Field, string Value)> Leaves(string path, JsonNode node) => node switch
    {
        JsonObject fields => fields.Where(field => field.Value is not null).SelectMany(field =>
            Leaves(path.Length == 0 ? field.Key : $"{path}.{field.Key}", field.Value!)),
        JsonArray values => [(path, string.Join(' ', values))],
        _ => [(path, node.ToString())],
    };
}
