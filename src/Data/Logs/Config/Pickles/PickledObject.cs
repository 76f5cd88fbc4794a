namespace SlmPlanner.Data.Logs.Config.Pickles;

/// <summary>An object as a pickle describes it: the name of what would make it, with what, and what it holds. Nothing is made.</summary>
/// <param name="Maker">Module and name, joined by a point.</param>
/// <param name="Arguments">What it would be made with.</param>
internal sealed record PickledObject(string Maker, IReadOnlyList<object?> Arguments)
{
    /// <summary>What it holds, where the pickle says: usually a dictionary of fields.</summary>
    public object? State { get; set; }

    /// <summary>The word of a value of an enumeration, which is made of its word alone; null for anything else.</summary>
    public string? Word => State is null && Arguments is [string word] ? word : null;
}

/// <summary>The name of a class or function in a pickle.</summary>
/// <param name="Name">Module and name, joined by a point.</param>
internal sealed record PickledName(string Name);
