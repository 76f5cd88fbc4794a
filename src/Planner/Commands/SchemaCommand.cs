using SlmPlanner.Planner.Schemas;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan schema</c>: the published JSON Schemas of the machine formats.</summary>
internal sealed class SchemaCommand
{
    private static readonly CommandArgument Format = new("NAME", "name of the format, for example plan") { IsOptional = true };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "schema", "Print the JSON Schema of a machine format; without a name, list the names.")
    {
        Arguments = [Format],
        Examples = ["slm-plan schema plan"],
    }.DoneBy<SchemaCommand>((command, given) => Schema(given));

    /// <summary>Prints a schema, or the names there are.</summary>
    private static int Schema(Given given)
    {
        var name = given.Of(Format);
        Console.Out.Write(name is null ? string.Concat(PublishedSchema.Names.Select(known => known + "\n")) : PublishedSchema.Read(name));
        return ExitCode.Done;
    }
}
