using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SlmPlanner.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SlmPlanner.Data.Models.Trainers;

/// <summary>
/// A YAML mapping as a JSON object, so that one reader does for both. Aliases are followed, so what holds itself, or grows beyond measure
/// by aliases of aliases, is refused.
/// </summary>
internal static class YamlValues
{
    private const int Deepest = 50, MostNodes = 200_000;

    /// <summary>Reads a file's first document.</summary>
    /// <exception cref="InputException">It is no YAML, or no mapping.</exception>
    public static JsonElement Read(string file)
    {
        try
        {
            var stream = Loaded(File.ReadAllText(file), file);
            if (stream.Documents.Count == 0 || stream.Documents[0].RootNode is not YamlMappingNode root)
                throw new InputException($"{file}: holds no YAML mapping");
            var nodes = 0;
            using var document = JsonDocument.Parse(Of(root, file, 0, ref nodes)!.ToJsonString());
            return document.RootElement.Clone();
        }
        catch (YamlException exception)
        {
            throw new InputException($"{file}, line {exception.Start.Line}: malformed YAML: {exception.Message}", exception);
        }
    }

    /// <summary>The documents of a text. The library ends damaged text with exceptions of many kinds; here each is one of text.</summary>
    private static YamlStream Loaded(string text, string file)
    {
        try
        {
            CheckDepth(text, file);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream;
        }
        catch (Exception exception) when (exception is not (YamlException or InputException))
        {
            throw new InputException($"{file}: malformed YAML: {exception.Message}", exception);
        }
    }

    /// <summary>Goes through the events first: what is nested too deeply would end the stack of what loads it.</summary>
    private static void CheckDepth(string text, string file)
    {
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; parser.MoveNext(); depth += parser.Current!.NestingIncrease)
            if (depth > Deepest)
                throw TooMuch(file);
    }

    private static InputException TooMuch(string file) =>
        new($"{file}: YAML of more than {Deepest} levels or {MostNodes} values, aliases counted as often as used");

    private static JsonNode? Of(YamlNode node, string file, int depth, ref int nodes)
    {
        if (depth > Deepest || ++nodes > MostNodes)
            throw TooMuch(file);
        switch (node)
        {
            case YamlMappingNode mapping:
                var entries = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                    entries[key is YamlScalarNode { Value: { } name } ? name : $"{key.Start.Line}"] = Of(value, file, depth + 1, ref nodes);
                return entries;
            case YamlSequenceNode sequence:
                var items = new JsonArray();
                foreach (var item in sequence.Children)
                    items.Add(Of(item, file, depth + 1, ref nodes));
                return items;
            case YamlScalarNode scalar:
                return scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value ?? "") : JsonValue.Create(scalar.Value);
            default:
                return null;
        }
    }

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
