using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SlmPlanner.Planner.Export;

/// <summary>
/// YAML as launch files have it: texts in quotes where they need them, the same line ends everywhere. Built once, since building takes
/// milliseconds; safe to share between threads since YamlDotNet 16.1.
/// </summary>
internal static class LaunchYaml
{
    /// <summary>For maps of names as the program knows them.</summary>
    public static readonly ISerializer Maps = Building().Build();

    /// <summary>For records: names with underscores, and nothing of what is null.</summary>
    public static readonly ISerializer Records = Building().WithNamingConvention(UnderscoredNamingConvention.Instance)
        .ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull).Build();

    /// <summary>The same for a format that writes some texts in its own way.</summary>
    public static SerializerBuilder Building() => new SerializerBuilder().WithQuotingNecessaryStrings().WithNewLine("\n");
}
