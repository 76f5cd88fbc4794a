using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SlmPlanner.Core.Measurements;

namespace SlmPlanner.Data.Measurements;

/// <summary>
/// The id of an observation: a hash of what was observed, so that two stores merge by union. It is the SHA-256 of the observation's JSON
/// with keys in order and without white space. The name that a file gives the row, and the place where it stands there, are no part of it.
/// </summary>
internal static class ObservationId
{
    /// <summary>64 hexadecimal digits in lower case.</summary>
    public static string Of(Observation observation) => Convert.ToHexStringLower(SHA256.HashData(Utf8(observation)));

    /// <summary>What is hashed, as text.</summary>
    public static string Document(Observation observation) => Encoding.UTF8.GetString(Utf8(observation));

    private static byte[] Utf8(Observation observation)
    {
        var content = observation with { Name = "", From = observation.From with { File = null, Line = null } };
        var node = JsonSerializer.SerializeToNode(content, ObservationJson.Default.Observation)!.AsObject();
        node.Remove("name");
        node.Remove("schema_version");
        return JsonSerializer.SerializeToUtf8Bytes(Sorted(node)!);
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, Sorted(field.Value)))),
        JsonArray values => new JsonArray([.. values.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
