namespace SlmPlanner.Presentation.Tables;

/// <summary>A list as programs and people read it, whatever its items are.</summary>
public interface IListing
{
    /// <summary>The list's key in JSON, snake_case.</summary>
    string Name { get; }

    /// <summary>The columns' names for programs.</summary>
    IReadOnlyList<string> Keys { get; }

    /// <summary>One row per item: text, number, date, truth value or null per column.</summary>
    IEnumerable<IReadOnlyList<object?>> Values { get; }

    /// <summary>The table that people read.</summary>
    ReportTable ToTable();
}
