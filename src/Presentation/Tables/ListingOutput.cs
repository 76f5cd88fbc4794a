using System.Text;
using System.Text.Json;
using SlmPlanner.Core.Findings;
using SlmPlanner.Data.Csv;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Presentation.Wording;
using Spectre.Console;

namespace SlmPlanner.Presentation.Tables;

/// <summary>Prints a <see cref="Listing{T}"/> in the format asked for.</summary>
public static class ListingOutput
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Prints a list, and with it what the reader should know: in the document, or on standard error.</summary>
    /// <param name="listing">The list.</param>
    /// <param name="format">What to print.</param>
    /// <param name="console">The console, for tables.</param>
    /// <param name="output">Standard output, for the other formats.</param>
    /// <param name="findings">What the reader should know.</param>
    public static void Print(IListing listing, OutputFormat format, IAnsiConsole console, TextWriter output,
        params IReadOnlyList<Finding> findings) =>
        Print([listing], format, console, output, findings);

    /// <summary>Prints several lists one after the other; as JSON in one document, as CSV the first alone.</summary>
    public static void Print(
        IReadOnlyList<IListing> listings, OutputFormat format, IAnsiConsole console, TextWriter output,
            params IReadOnlyList<Finding> findings)
    {
        switch (format)
        {
            case OutputFormat.Json:
                output.WriteLine(Json(listings, findings));
                return;
            case OutputFormat.Csv:
                output.Write(Csv(listings[0]));
                break;
            case OutputFormat.Md:
                var text = new StringBuilder();
                foreach (var listing in listings)
                    MarkdownTable.Append(text, listing.ToTable());
                output.Write(text.ToString().TrimStart('\n'));
                break;
            default:
                foreach (var listing in listings)
                    ConsoleTable.Write(console, listing.ToTable());
                break;
        }
        foreach (var finding in findings)
            Console.Error.WriteLine(FindingWords.Line(finding));
    }

    private static string Csv(IListing listing)
    {
        var text = new StringBuilder().AppendJoin(',', listing.Keys).Append('\n');
        foreach (var row in listing.Values)
            text.AppendJoin(',', row.Select(PlainValue.Csv)).Append('\n');
        return text.ToString();
    }

    private static string Json(IReadOnlyList<IListing> listings, IReadOnlyList<Finding> findings)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            writer.WriteStartObject();
            writer.WriteNumber("schema_version", 1);
            foreach (var listing in listings)
            {
                writer.WriteStartArray(listing.Name);
                foreach (var row in listing.Values)
                    Write(writer, listing.Keys, row);
                writer.WriteEndArray();
            }
            writer.WriteStartArray("findings");
            foreach (var finding in findings)
                Write(writer, finding);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<string> keys, IReadOnlyList<object?> row)
    {
        writer.WriteStartObject();
        foreach (var (key, value) in keys.Zip(row))
        {
            writer.WritePropertyName(key);
            switch (value)
            {
                case null: writer.WriteNullValue(); break;
                case double number: writer.WriteNumberValue(number); break;
                case int number: writer.WriteNumberValue(number); break;
                case bool truth: writer.WriteBooleanValue(truth); break;
                default: writer.WriteStringValue(PlainValue.Write(value)); break;
            }
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteStartObject();
        writer.WriteString("severity", FindingWords.Severity(finding));
        writer.WriteString("id", finding.Id);
        writer.WriteString("message", FindingWords.Of(finding));
        writer.WriteEndObject();
    }
}
