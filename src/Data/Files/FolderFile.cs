using System.Text;

namespace SlmPlanner.Data.Files;

/// <summary>A file to be written.</summary>
/// <param name="Name">Its path inside the folder, for example <c>charts/memory.png</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record FolderFile(string Name, byte[] Content)
{
    /// <summary>A text file in UTF-8 without a byte-order mark.</summary>
    public static FolderFile Text(string name, string content) => new(name, new UTF8Encoding(false).GetBytes(content));
}
