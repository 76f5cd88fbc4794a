namespace SlmPlanner.Presentation.CommandLine;

/// <summary>Text for a POSIX shell.</summary>
internal static class ShellText
{
    /// <summary>The text as one word: as it is when it holds nothing special, else in single quotes.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(IsPlain) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.' or '/' or ':' or '@' or '%' or '+' or ',';
}
