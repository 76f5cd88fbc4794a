#!/usr/bin/env dotnet
#:project ../src/Data/SlmPlanner.Data.csproj
#:property GenerateDocumentationFile=false
#:property PublishAot=false
#:property NoWarn=$(NoWarn);CA2007
// How far each shipped publication moves what the fit says of the others. For every one with enough rows: all others are fitted anew without
// it, and their errors, each publication left out in turn, stand beside those that they have with it. Rows that share the model among
// ranks move no others and are left aside. Prints a table. Usage: dotnet run -c Release eng/stability.cs [FEWEST ROWS, 5 by default]
using System.Globalization;
using SlmPlanner.Core.Accuracy;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var fewest = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var store = ProfileStore.Open("profiles");
var selected = MeasurementSelection.Select(
    store.Files("validation", "measured*.csv").SelectMany(MeasurementCsv.Read),
    new WorkloadResolver(store.Datasheets, store.Stacks, Publications.Read(store)),
    Exclusions.Read("profiles/validation/exclusions.csv"), FitOptions.Default).Workloads;
List<Workload> workloads = [.. selected.Where(workload => workload.Keys.Split is null)];
var shipped = PerformanceFiles.Read(store).Published;
Console.WriteLine("| publication | rows | the others with it | fitted anew without it | moved by |\n| --- | ---: | ---: | ---: | ---: |");
var moves = new List<double>();
foreach (var publication in workloads.GroupBy(workload => workload.Keys.Source).Where(rows => rows.Key is not null && rows.Count() >= fewest)
    .OrderByDescending(rows => rows.Count()).ThenBy(rows => rows.Key, StringComparer.Ordinal))
{
    var with = Error([.. workloads.Select(workload => workload.Keys.Source == publication.Key ? Unjudged(workload) : workload)], shipped);
    List<Workload> others = [.. workloads.Where(workload => workload.Keys.Source != publication.Key)];
    var without = Error(others, HierarchicalFit.Run(others, FitOptions.Default with { Starts = 1 }, shipped));
    moves.Add(without - with);
    Console.WriteLine($"| {publication.Key} | {publication.Count()} | {with:P2} | {without:P2} | {100 * (with - without):+0.00;-0.00} |");
}
Console.WriteLine($"\nMoved by {100 * moves.Average(Math.Abs):0.00} points on average, {100 * moves.Max(Math.Abs):0.00} at most.");

// A row that is fitted and left out like any other, but not counted.
static Workload Unjudged(Workload workload) => workload with { Observation = workload.Observation with { BestOf = "not judged" } };

// Mean error of publications left out in turn.
static double Error(IReadOnlyList<Workload> workloads, FittedModel fit) =>
    ValidationRun.Run(workloads, [], fit, [LeaveOut.Source], FitOptions.Default, "", _ => { }, CancellationToken.None)
        .Lines.First(line => line.Slice == "all").Model.MeanError;
