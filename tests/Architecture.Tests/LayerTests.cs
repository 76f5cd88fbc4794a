using ArchUnitNET.Domain;

namespace SlmPlanner.Architecture.Tests;

/// <summary>Which project may know which, and what the pure one may not touch.</summary>
public sealed class LayerTests
{
    private static readonly string[] Outside =
    [
        "System.IO", "System.Net", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.TimeProvider",
        "System.Environment", "System.Console", "Sylvan", "Microsoft.Data", "Microsoft.Extensions", "Spectre", "ScottPlot", "Cocona",
        "TorchSharp",
    ];

    [Theory]
    [InlineData(House.Core, House.Data, House.Presentation, House.Planner, House.Calibrator)]
    [InlineData(House.Data, House.Presentation, House.Planner, House.Calibrator)]
    [InlineData(House.Presentation, House.Planner, House.Calibrator)]
    [InlineData(House.Planner, House.Calibrator)]
    [InlineData(House.Calibrator, House.Planner)]
    public void A_project_does_not_know_those_outside_it(string project, params string[] outer)
    {
        var known = from type in House.TypesOf(project)
                    from dependency in type.Dependencies
                    where outer.Any(other => House.IsIn(dependency.Target, other))
                    select $"{type.FullName} uses {dependency.Target.FullName}";
        Assert.Empty(known.Distinct());
    }

    [Fact]
    public void Core_touches_no_file_network_process_clock_or_environment()
    {
        var touched = from type in House.TypesOf(House.Core)
                      from dependency in type.Dependencies
                      let name = dependency.Target.FullName
                      where Outside.Any(forbidden => name == forbidden || name.StartsWith(forbidden + ".", StringComparison.Ordinal))
                      select $"{type.FullName} uses {name}";
        Assert.Empty(touched.Distinct());
    }

    [Fact]
    public void The_projects_are_loaded()
    {
        string[] projects = [House.Core, House.Data, House.Presentation, House.Planner, House.Calibrator];
        Assert.All(projects, project => Assert.True(House.TypesOf(project).Count() > 20,
            $"{project} has hardly any types: was it renamed?"));
    }
}
