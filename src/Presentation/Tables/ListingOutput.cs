using System.Text;
using System.Text.Json;
using SlmPlanner.Core.Findings;
using SlmPlanner.Presentation.CommandLine;
using Spectre.Console;

namespace SlmPlanner.Presentation.Tables;

/// <summary>Prints a <see cref="Listing{T}"/> in the format asked for.</summary>
public static class ListingOutput
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Prints the list, and with it what the reader should know: in the document, or on standard error.</summary>
    /// <param name="listing">The list.</param>
    /// <param name="format">What to print.</param>
    /// <param name="console">The console, for tables.</param>
    /// <param name="output">Standard output, for the other formats.</param>
    /// <param name="findings">What the reader should know.</param>
    public static void Print<T>(Listing<T> listing, OutputFormat format, IAnsiConsole console, TextWriter output, params IReadOnlyList<Finding> findings)
    {
        switch (format)
        {
            case OutputFormat.Json:
                output.WriteLine(Json(listing, findings));
                return;
            case OutputFormat.Csv:
                output.Write(Csv(listing));
                break;
            case OutputFormat.Md:
                var text = new StringBuilder();
                MarkdownTable.Append(text, listing.ToTable());
                output.Write(text.ToString().TrimStart('\n'));
                break;
            default:
                ConsoleTable.Write(console, listing.ToTable());
                break;
        }
        foreach (var finding in findings)
            Console.Error.WriteLine($"{finding.Severity.ToString().ToLowerInvariant()}: {finding.Message}");
    }

    private static string Csv<T>(Listing<T> listing)
    {
        var text = new StringBuilder().AppendJoin(',', listing.Columns.Select(column => column.Key)).Append('\n');
        foreach (var item in listing.Items)
            text.AppendJoin(',', listing.Columns.Select(column => PlainValue.Csv(column.Value(item)))).Append('\n');
        return text.ToString();
    }

    private static string Json<T>(Listing<T> listing, IReadOnlyList<Finding> findings)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteNumber("schema_version", 1);
            writer.WriteStartArray(listing.Name);
            foreach (var item in listing.Items)
                Write(writer, listing.Columns, item);
            writer.WriteEndArray();
            writer.WriteStartArray("findings");
            foreach (var finding in findings)
                Write(writer, finding);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write<T>(Utf8JsonWriter writer, IReadOnlyList<ListingColumn<T>> columns, T item)
    {
        writer.WriteStartObject();
        foreach (var column in columns)
        {
            writer.WritePropertyName(column.Key);
            switch (column.Value(item))
            {
                case null: writer.WriteNullValue(); break;
                case double number: writer.WriteNumberValue(number); break;
                case int number: writer.WriteNumberValue(number); break;
                case bool truth: writer.WriteBooleanValue(truth); break;
                case var value: writer.WriteStringValue(PlainValue.Write(value)); break;
            }
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        writer.WriteString("id", finding.Id);
        writer.WriteString("message", finding.Message);
        writer.WriteEndObject();
    }
}
