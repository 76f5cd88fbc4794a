using System.Text;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Files;

/// <summary>Writes a set of files whole or not at all: into a temporary folder first, then renamed into place.</summary>
public static class AtomicFolder
{
    /// <summary>Writes the files into <paramref name="folder"/>, making it where needed and replacing files of the same name.</summary>
    /// <exception cref="InputException">The folder can't be written; then nothing of the set is in it.</exception>
    public static void Write(string folder, IEnumerable<FolderFile> files)
    {
        var target = Path.GetFullPath(folder);
        var isNew = !Directory.Exists(target);
        var temporary = Path.Combine(target, $".{Environment.ProcessId}.tmp");
        try
        {
            Directory.CreateDirectory(temporary);
            var written = files.Select(file => Stage(temporary, file)).ToArray();
            foreach (var name in written)
                Place(Path.Combine(temporary, name), Path.Combine(target, name));
            Directory.Delete(temporary, recursive: true);
        }
        catch (Exception exception)
        {
            Remove(isNew ? target : temporary);
            if (exception is IOException or UnauthorizedAccessException)
                throw new InputException($"cannot write into {folder}: {exception.Message}", exception);
            throw;
        }
    }

    private static string Stage(string temporary, FolderFile file)
    {
        var path = Path.Combine(temporary, file.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file.Content);
        return file.Name;
    }

    private static void Place(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(from, to, overwrite: true);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}

/// <summary>A file to be written.</summary>
/// <param name="Name">Its path inside the folder, for example <c>charts/memory.png</c>.</param>
/// <param name="Content">Its bytes.</param>
public sealed record FolderFile(string Name, byte[] Content)
{
    /// <summary>A text file in UTF-8 without a byte-order mark.</summary>
    public static FolderFile Text(string name, string content) => new(name, new UTF8Encoding(false).GetBytes(content));
}
