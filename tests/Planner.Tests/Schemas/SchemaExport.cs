using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using SlmPlanner.Core.Training;
using SlmPlanner.Presentation.Json;


namespace SlmPlanner.Planner.Tests.Schemas;

/// <summary>Makes a JSON Schema from a contract, with the docstrings of its types as descriptions.</summary>
internal static class SchemaExport
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private const string Schemes =
        @"^(ddp|zero1|zero2|fsdp_grad_op|fsdp_full|hsdp)(\(dp[0-9]+\))?(\+(tp|pp|vp|cp|ep)\([0-9]+\)|\+sp|\+zb)*$";

    /// <summary>The schema of a type as a document.</summary>
    public static string Of(JsonTypeInfo contract, string name)
    {
        var schema = contract.GetJsonSchemaAsNode(new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Describe,
        }).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", $"slm-plan {name}");
        return schema.ToJsonString(Indented) + "\n";
    }

    /// <summary>The schema of the type that a converter writes in place of another.</summary>
    private static JsonNode Written(JsonTypeInfo contract) =>
        contract.GetJsonSchemaAsNode(new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe });

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        var options = context.TypeInfo.Options;
        if (context.TypeInfo.Converter is IStandIn standIn)
            node = Written(options.GetTypeInfo(standIn.Written));
        else if (context.TypeInfo.ElementType is { } element && options.GetTypeInfo(element).Converter is IStandIn item)
            node["items"] = Written(options.GetTypeInfo(item.Written));
        var text = context.PropertyInfo is { } property
            ? DocComments.Of((MemberInfo?)property.AttributeProvider)
            : context.Path.Length == 0 ? DocComments.Of(context.TypeInfo.Type) : null;
        if (context.TypeInfo.Type == typeof(Scheme))
            node = new JsonObject { ["type"] = "string", ["pattern"] = Schemes };
        if (context.TypeInfo.Type == typeof(JsonElement))
            node = new JsonObject { ["type"] = "object" };
        DescribeOptionalSchemes(context.TypeInfo, node);
        if (text is not null && node is JsonObject schema)
            schema.Insert(0, "description", text);
        return node;
    }

    /// <summary>The exporter calls back for no property that has both a converter and a default: it is described from its owner.</summary>
    private static void DescribeOptionalSchemes(JsonTypeInfo owner, JsonNode node)
    {
        if (node is not JsonObject schema || schema["properties"] is not JsonObject described)
            return;
        foreach (var property in owner.Properties.Where(property => property.PropertyType == typeof(Scheme)))
            if (described[property.Name] is JsonObject { Count: 1 } bare && bare.ContainsKey("default"))
                described[property.Name] = new JsonObject
                {
                    ["description"] = DocComments.Of((MemberInfo?)property.AttributeProvider),
                    ["type"] = new JsonArray("string", "null"),
                    ["pattern"] = Schemes,
                    ["default"] = null,
                };
    }
}
