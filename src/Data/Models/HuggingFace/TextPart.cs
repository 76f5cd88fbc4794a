using System.Text.Json;
using System.Text.Json.Nodes;

namespace SlmPlanner.Data.Models.HuggingFace;

/// <summary>The object of a configuration that describes the decoder: the whole of it, or a part of a multimodal one.</summary>
/// <param name="Config">The object.</param>
/// <param name="Type">Its <c>model_type</c>, under one of the names that the table of types knows; null where there is none.</param>
/// <param name="Name">The member that holds it; null where it is the whole.</param>
/// <param name="Written">The type before another name of it was looked up; null where there is none.</param>
/// <param name="LeftOut">Members beside it that describe other towers, for people; null where there are none.</param>
internal sealed record TextPart(JsonElement Config, string? Type, string? Written, string? Name, string? LeftOut)
{
    private static readonly string[] Names = ["text_config", "llm_config", "language_config"];
    private static readonly string[] Towers = ["vision_config", "audio_config", "vision_tower", "img_processor", "visual",
        "vision_tower_config"];

    /// <summary>Finds it. A head that the whole says to be shared, or not, is so in the part that says nothing of it.</summary>
    public static TextPart Of(JsonElement config)
    {
        var others = Towers.Where(tower => config.TryGetProperty(tower, out var value)
            && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)).ToList();
        var leftOut = others.Count == 0 ? null : string.Join(", ", others);
        var outer = TypeOf(config);
        foreach (var name in Names)
        {
            if (config.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object)
            {
                var type = TypeOf(inner) ?? ModelTypes.TextOf(outer);
                return new(WithTie(inner, config), type is null ? null : ModelTypes.Named(type), type, name, leftOut ?? "other towers");
            }
        }
        var version = config.TryGetProperty("version", out var number) ? number.ToString() : "";
        var written = ModelTypes.TextOf(outer) ?? (outer is null ? null : ModelTypes.OfVersion(outer, version) ?? outer);
        return new(config, written is null ? null : ModelTypes.Named(written), written, null, leftOut);
    }

    private static string? TypeOf(JsonElement config) =>
        config.TryGetProperty("model_type", out var type) && type.ValueKind == JsonValueKind.String
        && type.GetString() is { Length: > 0 } text ? text : null;

    private static JsonElement WithTie(JsonElement inner, JsonElement outer)
    {
        const string Tie = "tie_word_embeddings";
        if (inner.TryGetProperty(Tie, out _) || !outer.TryGetProperty(Tie, out var tie)
            || tie.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            return inner;
        var copy = JsonObject.Create(inner)!;
        copy = (JsonObject)copy.DeepClone();
        copy[Tie] = tie.GetBoolean();
        using var document = JsonDocument.Parse(copy.ToJsonString());
        return document.RootElement.Clone();
    }
}
