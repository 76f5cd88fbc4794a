using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using SlmPlanner.Core;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Data.Json;
using SlmPlanner.Presentation.Json;

namespace SlmPlanner.Presentation.Plans;

/// <summary>
/// A plan as JSON: snake-case keys, SI units in key suffixes. Described by the schema <c>plan</c>. A plan of version 1 is read
/// strictly: its format is closed. In version 2 a member that this program does not know is passed over, so that a later
/// program may tell more without a new version; what this program needs must be there, in its type.
/// </summary>
internal static class PlanJson
{
    /// <summary>The format version that new plans are written in, and the newest that is read.</summary>
    public const int SchemaVersion = PlanResult.CurrentVersion;

    /// <summary>The oldest format version that is read: without <c>plan_id</c>.</summary>
    public const int OldestVersion = 1;

    /// <summary>The contract of a plan.</summary>
    public static JsonTypeInfo<PlanResult> Contract { get; } = ContractWith(JsonUnmappedMemberHandling.Skip);

    /// <summary>The contract of version 1, to which nothing is added any more.</summary>
    private static readonly JsonTypeInfo<PlanResult> ClosedContract = ContractWith(JsonUnmappedMemberHandling.Disallow);

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
        var version = VersionOf(JsonFile.Parse(json, PlanJsonContext.Default.JsonElement, name), name);
        return JsonFile.Parse(json, version == OldestVersion ? ClosedContract : Contract, name);
    }

    /// <summary>The contract with the sentences in it.</summary>
    private static JsonTypeInfo<PlanResult> ContractWith(JsonUnmappedMemberHandling unknown)
    {
        var options = new JsonSerializerOptions(PlanJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            TypeInfoResolver = PlanJsonContext.Default,
            UnmappedMemberHandling = unknown,
        }.WithSentences();
        return (JsonTypeInfo<PlanResult>)options.GetTypeInfo(typeof(PlanResult));
    }

    private static int VersionOf(JsonElement plan, string name)
    {
        if (plan.ValueKind != JsonValueKind.Object
            || !plan.TryGetProperty(FormatVersion.Key, out var version)
            || !version.TryGetInt32(out var number))
            throw new InputException($"{name}: no schema_version, so this is no saved plan (plan.json)");
        if (number is < OldestVersion or > SchemaVersion)
            FormatVersion.Check(number, SchemaVersion, name);
        return number;
    }
}

/// <summary>The contract of <see cref="PlanJson"/>, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    WriteIndented = true,
    NewLine = "\n",
    UseStringEnumConverter = true,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlanResult))]
[JsonSerializable(typeof(FindingText))]
[JsonSerializable(typeof(RemedyText))]
[JsonSerializable(typeof(RejectionText))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(IReadOnlyList<BlockRun>))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
