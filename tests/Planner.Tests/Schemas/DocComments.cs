using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SlmPlanner.Planner.Tests.Schemas;

/// <summary>Docstrings of the project's own types, from the XML files that the compiler writes beside the assemblies.</summary>
internal static partial class DocComments
{
    private static readonly Dictionary<string, XElement> Members = Directory
        .EnumerateFiles(AppContext.BaseDirectory, "*.xml")
        .Where(path => Path.GetFileName(path).StartsWith("SlmPlanner.", StringComparison.Ordinal)
            || Path.GetFileName(path).StartsWith("slm-", StringComparison.Ordinal))
        .SelectMany(path => XDocument.Load(path).Descendants("member"))
        .DistinctBy(member => member.Attribute("name")!.Value)
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>The summary of a type or property, as plain text; null when there is none.</summary>
    public static string? Of(MemberInfo? member) => member switch
    {
        Type type => Summary($"T:{Name(type)}"),
        PropertyInfo property => Summary($"P:{Name(property.DeclaringType!)}.{property.Name}") ?? Parameter(property),
        _ => null,
    };

    private static string? Summary(string name) =>
        Members.TryGetValue(name, out var member) && member.Element("summary") is { } summary ? Text(summary) : null;

    /// <summary>A property of a positional record is documented as a parameter of its type.</summary>
    private static string? Parameter(PropertyInfo property) =>
        Members.TryGetValue($"T:{Name(property.DeclaringType!)}", out var type)
        && type.Elements("param").FirstOrDefault(element => element.Attribute("name")!.Value == property.Name) is { } parameter
            ? Text(parameter)
            : null;

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Text(XElement element)
    {
        var words = element.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => see.Attribute("cref")!.Value.Split('.')[^1],
            XElement { Name.LocalName: "paramref" } reference => reference.Attribute("name")!.Value,
            XElement inner => inner.Value,
            _ => node.ToString(),
        });
        return Spaces().Replace(System.Net.WebUtility.HtmlDecode(string.Concat(words)), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
