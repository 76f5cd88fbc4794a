using Cocona;
using SlmPlanner.Planner.Schemas;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan schema</c>: the published JSON Schemas of the machine formats.</summary>
internal sealed class SchemaCommand
{
    /// <summary>Prints a schema, or the names there are.</summary>
    [Command("schema", Description = "Print the JSON Schema of a machine format; without a name, list the names.")]
    public int Schema([Argument(Description = "Name of the format, for example plan.")] string? name = null)
    {
        Console.Out.Write(name is null ? string.Concat(PublishedSchema.Names.Select(known => known + "\n")) : PublishedSchema.Read(name));
        return ExitCode.Done;
    }
}
