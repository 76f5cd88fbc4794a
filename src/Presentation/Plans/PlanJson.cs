using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Json;
using SlmPlanner.Presentation.Json;

namespace SlmPlanner.Presentation.Plans;

/// <summary>
/// A plan as JSON: snake-case keys, SI units in key suffixes, strict when read. Described by the schema <c>plan</c>.
/// </summary>
internal static class PlanJson
{
    /// <summary>The format version that is written and read.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The contract with the sentences in it.</summary>
    private static readonly JsonSerializerOptions Options = new JsonSerializerOptions(PlanJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        TypeInfoResolver = PlanJsonContext.Default,
    }.WithSentences();

    /// <summary>The contract of a plan.</summary>
    public static JsonTypeInfo<PlanResult> Contract { get; } = (JsonTypeInfo<PlanResult>)Options.GetTypeInfo(typeof(PlanResult));

    /// <summary>The plan as an indented document that ends with a line feed.</summary>
    public static string Write(PlanResult result) =>
        JsonSerializer.Serialize(result, Contract) + "\n";

    /// <summary>Reads a saved plan.</summary>
    /// <exception cref="InputException">The file is missing, is no plan, or has another format version.</exception>
    public static PlanResult ReadFile(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot read {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Parses a saved plan; <paramref name="name"/> stands in messages for the file.</summary>
    /// <exception cref="InputException">The text is no plan, or has another format version.</exception>
    public static PlanResult Parse(string json, string name)
    {
        CheckVersion(JsonFile.Parse(json, PlanJsonContext.Default.JsonElement, name), name);
        return JsonFile.Parse(json, Contract, name);
    }

    private static void CheckVersion(JsonElement plan, string name)
    {
        if (plan.ValueKind != JsonValueKind.Object
            || !plan.TryGetProperty(FormatVersion.Key, out var version)
            || !version.TryGetInt32(out var number))
            throw new InputException($"{name}: no schema_version, so this is no saved plan (plan.json)");
        FormatVersion.Check(number, SchemaVersion, name);
    }
}

/// <summary>The contract of <see cref="PlanJson"/>, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    NewLine = "\n",
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlanResult))]
[JsonSerializable(typeof(FindingText))]
[JsonSerializable(typeof(RemedyText))]
[JsonSerializable(typeof(RejectionText))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
