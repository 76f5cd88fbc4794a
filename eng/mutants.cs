#!/usr/bin/env dotnet
#:property GenerateDocumentationFile=false
#:property PublishAot=false
#:property NoWarn=$(NoWarn);CA2007
// Runs the tests of an assembly against mutants that are compiled into the assembly under test, in one process, one mutant after another.
// Usage: dotnet run eng/mutants.cs -- TESTS.dll REPORT.json RESULTS.tsv CLASS,CLASS,... [MUTANT [NAMESPACE]]
// REPORT names the mutants that can be switched on. One line a mutant is added to RESULTS: id, Killed | Survived | NoCoverage | Timeout,
// the test that noticed. The test classes named are left out. With MUTANT, only that one, switched on before anything of the assembly
// has run: what a static field holds is computed with it; with NAMESPACE too, by the tests of namespaces that end so.
using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json.Nodes;

var (tests, report, results) = (Path.GetFullPath(args[0]), args[1], args[2]);
var without = args[3].Split(',').ToHashSet();
var (failingList, coverage) = (results + ".failing", results + ".coverage");
var bin = Path.GetDirectoryName(tests)!;
AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", bin + "/");
var native = new AssemblyDependencyResolver(tests);
AssemblyLoadContext.Default.Resolving += (context, name) =>
    Path.Combine(bin, name.Name + ".dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
    native.ResolveUnmanagedDllToPath(name) is { } path ? System.Runtime.InteropServices.NativeLibrary.Load(path) : 0;

var assembly = AssemblyLoadContext.Default.LoadFromAssemblyPath(tests);
var core = AssemblyLoadContext.Default.LoadFromAssemblyPath(Path.Combine(bin, "SlmPlanner.Core.dll"));
var control = new MutantSwitch(core.GetTypes().Single(type => type.Name == "MutantControl"));
if (args.Length > 4)
{
    var id = int.Parse(args[4]);
    without.UnionWith(File.ReadLines(failingList));
    control.Active = id;
    var guard = new CpuGuard(120, () => Write(id, "Timeout", ""));
    var killer = Cases.Of(assembly, without, args.ElementAtOrDefault(5)).FirstOrDefault(test => !test.Passes());
    Write(id, killer is null ? "Survived" : "Killed", killer?.Name ?? "");
    Environment.Exit(0);
}

var done = File.Exists(results) ? File.ReadLines(results).Select(line => int.Parse(line.Split('\t')[0])).ToHashSet() : [];
var mutants = JsonNode.Parse(File.ReadAllText(report))!["files"]!.AsObject()
    .SelectMany(file => file.Value!["mutants"]!.AsArray())
    .Where(mutant => (string)mutant!["status"]! is not ("Ignored" or "CompileError"))
    .Select(mutant => int.Parse((string)mutant!["id"]!)).Where(id => !done.Contains(id)).Order().ToList();

control.Active = -1;
var clock = Stopwatch.StartNew();
var all = Cases.Of(assembly, without).ToList();
// A test that fails without a mutant says nothing; the first pass also fills what static fields keep.
var failing = all.Select((test, index) => (Fails: !test.Passes(), index)).Where(test => test.Fails).Select(test => test.index).ToHashSet();
File.WriteAllLines(failingList, failing.Select(index => all[index].Name).Distinct());
Console.WriteLine($"{all.Count} tests, {failing.Count} of them fail here without a mutant and are left out");
var reach = File.Exists(coverage) ? ReadReach() : TakeReach();
Console.WriteLine($"{mutants.Count} mutants to run, {reach.Count} reached by a test; {clock.Elapsed.TotalSeconds:0} s so far");

var count = 0;
foreach (var id in mutants)
{
    if (!reach.TryGetValue(id, out var reaching))
    {
        Write(id, "NoCoverage", "");
        continue;
    }
    control.Active = id;
    using var guard = new CpuGuard(6, () => Write(id, "Timeout", ""));
    var killer = reaching.Select(index => all[index]).OrderBy(test => test.Seconds).FirstOrDefault(test => !test.Passes());
    control.Active = -1;
    Write(id, killer is null ? "Survived" : "Killed", killer?.Name ?? "");
    // A mutant may leave something behind in a static field: what killed must pass again.
    if (killer is not null && !killer.Passes())
        Environment.Exit(3);
    if (++count % 100 == 0)
        Console.WriteLine($"{count} run, {clock.Elapsed.TotalSeconds:0} s");
}
Environment.Exit(0);

// Which mutants a test reaches is the same in every process: it is taken once.
Dictionary<int, List<int>> TakeReach()
{
    var taken = new Dictionary<int, List<int>>();
    for (var index = 0; index < all.Count; index++)
    {
        if (failing.Contains(index))
            continue;
        control.StartCoverage();
        all[index].Passes();
        foreach (var id in control.Covered())
            (taken.TryGetValue(id, out var by) ? by : taken[id] = []).Add(index);
    }
    control.StopCoverage();
    File.WriteAllLines(coverage, taken.Select(entry => $"{entry.Key}\t{string.Join(',', entry.Value)}"));
    return taken;
}

Dictionary<int, List<int>> ReadReach() => File.ReadLines(coverage).Select(line => line.Split('\t'))
    .ToDictionary(line => int.Parse(line[0]), line => line[1].Split(',').Select(int.Parse)
        .Where(index => !failing.Contains(index)).ToList());

void Write(int id, string status, string test) => File.AppendAllText(results, $"{id}\t{status}\t{test}\n");

/// <summary>Ends the process, having said so, when what it guards takes more processor time than it may.</summary>
internal sealed class CpuGuard : IDisposable
{
    private readonly Timer _timer;

    public CpuGuard(double seconds, Action say)
    {
        var from = Environment.CpuUsage.TotalTime;
        _timer = new(_ =>
        {
            if ((Environment.CpuUsage.TotalTime - from).TotalSeconds < seconds)
                return;
            say();
            Environment.Exit(4);
        }, null, 500, 500);
    }

    public void Dispose() => _timer.Dispose();
}

/// <summary>The switch that the mutated assembly carries.</summary>
internal sealed class MutantSwitch(Type control)
{
    private readonly FieldInfo _active = control.GetField("ActiveMutant")!;
    private readonly FieldInfo _capture = control.GetField("CaptureCoverage")!;
    private readonly MethodInfo _data = control.GetMethod("GetCoverageData")!;

    public int Active { set => _active.SetValue(null, value); }

    public void StartCoverage()
    {
        control.GetMethod("InitCoverage")?.Invoke(null, null);
        control.GetMethod("ResetCoverage")?.Invoke(null, null);
        _capture.SetValue(null, true);
    }

    public IEnumerable<int> Covered() => ((IList<int>[])_data.Invoke(null, null)!).SelectMany(ids => ids).Distinct().ToList();

    public void StopCoverage() => _capture.SetValue(null, false);
}

/// <summary>One test with its arguments.</summary>
internal sealed class Case(Type type, MethodInfo method, object?[] arguments)
{
    public string Name => $"{type.Name}.{method.Name}";
    public double Seconds { get; private set; }

    public bool Passes()
    {
        var clock = Stopwatch.StartNew();
        object? instance = null;
        try
        {
            instance = method.IsStatic ? null : Activator.CreateInstance(type);
            var formal = method.GetParameters();
            var actual = formal.Select((parameter, i) => i < arguments.Length ? Cases.Fit(arguments[i], parameter.ParameterType)
                : parameter.HasDefaultValue ? parameter.DefaultValue : null).ToArray();
            if (method.Invoke(instance, actual) is Task task)
                task.GetAwaiter().GetResult();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
            Seconds = clock.Elapsed.TotalSeconds;
        }
    }
}

/// <summary>The tests of an assembly.</summary>
internal static class Cases
{
    public static IEnumerable<Case> Of(Assembly assembly, HashSet<string> without, string? only = null) =>
        from type in assembly.GetTypes()
        where !without.Contains(type.Name)
        where only is null || type.Namespace?.EndsWith(only, StringComparison.Ordinal) == true
        where type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
        where type.GetConstructor(Type.EmptyTypes) is not null
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        let fact = method.GetCustomAttributes().FirstOrDefault(mark => mark.GetType().Name is "FactAttribute" or "TheoryAttribute")
        where !without.Contains($"{type.Name}.{method.Name}")
        where fact is not null && fact.GetType().GetProperty("Skip")!.GetValue(fact) is null
        from arguments in fact.GetType().Name == "FactAttribute" ? [[]] : Rows(method)
        select new Case(type, method, arguments);

    /// <summary>An argument as its parameter's type wants it.</summary>
    public static object? Fit(object? value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return value is null || type.IsInstanceOfType(value) ? value
            : type.IsEnum ? Enum.ToObject(type, value)
            : Convert.ChangeType(value, type, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static IEnumerable<object?[]> Rows(MethodInfo method)
    {
        foreach (var mark in method.GetCustomAttributes())
        {
            var data = mark.GetType().GetMethod("GetData");
            if (data is null)
                continue;
            var tracker = Activator.CreateInstance(data.GetParameters()[1].ParameterType);
            if (mark.GetType().GetProperty("MemberType") is { } member && member.GetValue(mark) is null)
                member.SetValue(mark, method.ReflectedType);
            dynamic task = data.Invoke(mark, [method, tracker])!;
            foreach (var row in (System.Collections.IEnumerable)task.AsTask().Result)
                yield return (object?[])row.GetType().GetInterfaces().Select(face => face.GetMethod("GetData"))
                    .First(get => get is not null)!.Invoke(row, null)!;
        }
    }
}
