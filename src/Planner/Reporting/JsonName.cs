using System.Reflection;
using System.Text.Json.Serialization;

namespace SlmPlanner.Planner.Reporting;

/// <summary>The name that JSON and CSV give an enum's member.</summary>
internal static class JsonName
{
    /// <summary>The name declared on the member.</summary>
    public static string Of<T>(T value) where T : struct, Enum =>
        typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name;
}
