using SlmPlanner.Data.Csv;

namespace SlmPlanner.Presentation.Tables;

/// <summary>A list that people read as a table and programs as rows of named values.</summary>
/// <param name="Name">The list's key in JSON, snake_case.</param>
/// <param name="Title">What it holds, for people.</param>
/// <param name="Items">Its rows.</param>
/// <param name="Columns">Its columns.</param>
public sealed record Listing<T>(string Name, string Title, IReadOnlyList<T> Items, params IReadOnlyList<ListingColumn<T>> Columns)
    : IListing
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Keys => [.. Columns.Select(column => column.Key)];

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<object?>> Values =>
        Items.Select(item => (IReadOnlyList<object?>)[.. Columns.Select(column => column.Value(item))]);

    /// <inheritdoc/>
    public ReportTable ToTable() => ReportTable.Of(Title, Items,
        [.. Columns.Select(column => new TableColumn<T>(column.Header, column.Read, column.IsNumber, column.IsOptional))]);
}

/// <summary>A column of a <see cref="Listing{T}"/>.</summary>
/// <param name="Key">Its name for programs, snake_case with the unit as suffix.</param>
/// <param name="Header">Its name for people.</param>
/// <param name="Value">Text, number, date, truth value or null.</param>
/// <param name="Text">How people read it; null writes the value plainly.</param>
/// <param name="IsNumber">True to align it to the right.</param>
public sealed record ListingColumn<T>(string Key, string Header, Func<T, object?> Value, Func<T, string>? Text = null,
    bool IsNumber = false)
{
    /// <summary>True to leave the column out where a console is too narrow.</summary>
    public bool IsOptional { get; init; }

    /// <summary>What people read; a dash for what is not known.</summary>
    public string Read(T item) => Text is not null ? Text(item) : PlainValue.Write(Value(item)) is { Length: > 0 } text ? text : "–";
}
