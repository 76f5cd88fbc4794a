using System.Reflection;
using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Text;

/// <summary>The name that machine formats give an enumeration's member.</summary>
public static class DeclaredName
{
    /// <summary>The name declared on the member; its own name where none is.</summary>
    public static string Of<T>(T value) where T : struct, Enum =>
        typeof(T).GetField(value.ToString())?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? value.ToString();
}
