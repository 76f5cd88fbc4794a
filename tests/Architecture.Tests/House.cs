using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace SlmPlanner.Architecture.Tests;

/// <summary>The five projects, loaded once from their assemblies.</summary>
internal static class House
{
    public const string Core = "SlmPlanner.Core", Data = "SlmPlanner.Data", Presentation = "SlmPlanner.Presentation",
        Planner = "SlmPlanner.Planner", Calibrator = "SlmPlanner.Calibrator";

    private static readonly System.Reflection.Assembly[] Assemblies =
    [
        typeof(SlmPlanner.Core.InputException).Assembly,
        typeof(SlmPlanner.Data.Profiles.ProfileStore).Assembly,
        typeof(SlmPlanner.Presentation.Tables.ReportTable).Assembly,
        System.Reflection.Assembly.Load("slm-plan"),
        System.Reflection.Assembly.Load("slm-calibrate"),
    ];

    public static ArchUnitNET.Domain.Architecture Everything { get; } = new ArchLoader().LoadAssemblies(Assemblies).Build();

    /// <summary>Our own types of a project and what each depends on, compiler-made ones left out.</summary>
    public static IEnumerable<IType> TypesOf(string project) =>
        Everything.Types.Where(type => IsIn(type, project) && !type.Name.Contains('<', StringComparison.Ordinal));

    public static bool IsIn(IType type, string project) =>
        type is not GenericParameter && type.Namespace?.FullName is { } name
        && (name == project || name.StartsWith(project + ".", StringComparison.Ordinal));

    /// <summary>Which namespaces of a project use which others of it, with one pair of types as an example.</summary>
    public static IReadOnlyDictionary<(string From, string To), string> Uses(string project)
    {
        var uses = new SortedDictionary<(string, string), string>();
        foreach (var type in TypesOf(project))
            foreach (var target in type.Dependencies.Select(dependency => dependency.Target).Where(target => IsIn(target, project)))
                if (target.Namespace.FullName != type.Namespace.FullName)
                    uses.TryAdd((type.Namespace.FullName, target.Namespace.FullName), $"{type.Name} uses {target.Name}");
        return uses;
    }
}
