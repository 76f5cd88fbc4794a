using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SlmPlanner.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SlmPlanner.Data.Models.Trainers;

/// <summary>A YAML mapping as a JSON object, so that one reader does for both.</summary>
internal static class YamlValues
{
    /// <summary>Reads a file's first document.</summary>
    /// <exception cref="InputException">It is no YAML, or no mapping.</exception>
    public static JsonElement Read(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            var stream = new YamlStream();
            stream.Load(reader);
            if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
                throw new InputException($"{file}: holds no YAML mapping");
            using var document = JsonDocument.Parse(Of(root)!.ToJsonString());
            return document.RootElement.Clone();
        }
        catch (YamlException exception)
        {
            throw new InputException($"{file}, line {exception.Start.Line}: malformed YAML: {exception.Message}", exception);
        }
    }

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children
            .GroupBy(pair => pair.Key.ToString()).Select(group => KeyValuePair.Create(group.Key, Of(group.Last().Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Of)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" => null,
        "true" or "True" => JsonValue.Create(true),
        "false" or "False" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
