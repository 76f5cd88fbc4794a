using System.Collections;
using System.Reflection;

namespace SlmPlanner.Planner.Tests.Presentation;

/// <summary>Makes a value of any record, with plain values in every field, so that words can be made of facts nobody thought of.</summary>
internal static class Sample
{
    private const int Deepest = 6;

    /// <summary>A value of a type; the interface of a list gives a list of one.</summary>
    public static object? Of(Type type, int depth = 0)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner, depth);
        if (type == typeof(string))
            return "something";
        if (type == typeof(bool))
            return true;
        if (type == typeof(DateOnly))
            return new DateOnly(2026, 11, 24);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0);
        if (type.IsPrimitive)
            return Convert.ChangeType(3, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return List(type.GetGenericArguments()[0], depth);
        if (type.IsAbstract)
            return Kinds(type).Select(kind => Of(kind, depth)).First();
        return depth > Deepest ? null : Record(type, depth);
    }

    /// <summary>The kinds of a base record, in all assemblies of the program that are loaded.</summary>
    public static IEnumerable<Type> Kinds(Type type) =>
        AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name is { } name
                && (name.StartsWith("SlmPlanner.", StringComparison.Ordinal) || name.StartsWith("slm-", StringComparison.Ordinal)))
            .SelectMany(assembly => assembly.GetTypes())
            .Where(kind => !kind.IsAbstract && kind.IsAssignableTo(type))
            .OrderBy(kind => kind.FullName, StringComparer.Ordinal);

    private static IList List(Type of, int depth)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(of))!;
        list.Add(Of(of, depth + 1));
        return list;
    }

    private static object Record(Type type, int depth)
    {
        var constructor = type.GetConstructors().Where(candidate => candidate.GetParameters() is not [{ } only]
            || only.ParameterType != type)
            .MaxBy(candidate => candidate.GetParameters().Length);
        if (constructor is { } primary && primary.GetParameters().Length > 0)
            return primary.Invoke([.. primary.GetParameters().Select(parameter => Of(parameter.ParameterType, depth + 1))]);
        var value = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.SetMethod is not null))
            property.SetValue(value, Of(property.PropertyType, depth + 1));
        return value;
    }
}
