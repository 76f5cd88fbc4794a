using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Tests.Planning;

/// <summary>A plan taken apart by reflection: all of its numbers, and all of it as text.</summary>
internal static class PlanNumbers
{
    public static IEnumerable<double> Of(PlanResult plan) => Leaves(plan, "plan").Select(leaf => leaf.Value).OfType<double>();

    public static string Text(PlanResult plan)
    {
        var text = new StringBuilder();
        foreach (var (path, value) in Leaves(plan, "plan"))
            text.Append(CultureInfo.InvariantCulture, $"{path}={value}\n");
        return text.ToString();
    }

    private static IEnumerable<(string Path, object? Value)> Leaves(object? value, string path)
    {
        if (value is null or string or DateOnly or Enum || value.GetType().IsPrimitive)
            return [(path, value)];
        if (value is IEnumerable items)
            return items.Cast<object?>().SelectMany((item, index) => Leaves(item, $"{path}[{index}]"));
        return value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .SelectMany(property => Leaves(property.GetValue(value), $"{path}.{property.Name}"));
    }
}
