using System.Text;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Files;

/// <summary>
/// Writes a set of files whole or not at all. A new folder is made beside its place and appears there with one rename. In a folder
/// that is there already, each file takes its place with one rename after all are written; when one can't, those before it are put
/// back. Whoever reads meanwhile can see new files beside old ones, but never half a file. What the folder held before, and is not
/// of the set, stays.
/// </summary>
public static class AtomicFolder
{
    /// <summary>Writes the files into <paramref name="folder"/>, making it where needed and replacing files of the same name.</summary>
    /// <exception cref="InputException">The folder can't be written; then it is as it was.</exception>
    public static void Write(string folder, IEnumerable<FolderFile> files)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        try
        {
            if (Directory.Exists(target))
                Replace(target, files);
            else
                Make(target, files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"cannot write into {folder}: {exception.Message}", exception);
        }
    }

    private static void Make(string target, IEnumerable<FolderFile> files)
    {
        var staged = $"{target}.{Environment.ProcessId}.tmp";
        try
        {
            Stage(staged, files);
            Directory.Move(staged, target);
        }
        finally
        {
            Remove(staged);
        }
    }

    /// <summary>
    /// Works inside the target, which may be a mounted volume: a rename can't leave it. Where putting back fails, the old files stay
    /// in the temporary folder.
    /// </summary>
    private static void Replace(string target, IEnumerable<FolderFile> files)
    {
        var temporary = Path.Combine(target, $".{Environment.ProcessId}.tmp");
        var staged = Path.Combine(temporary, "new");
        var swap = new FolderSwap(target, staged, Path.Combine(temporary, "old"));
        try
        {
            foreach (var name in Stage(staged, files))
                swap.Place(name);
            swap.Commit();
        }
        finally
        {
            swap.RollBack();
            Remove(temporary);
        }
    }

    /// <summary>Writes all files into a folder of their own, and returns their names.</summary>
    private static string[] Stage(string staged, IEnumerable<FolderFile> files)
    {
        Remove(staged);
        Directory.CreateDirectory(staged);
        return [.. files.Select(file => Stage(staged, file))];
    }

    private static string Stage(string staged, FolderFile file)
    {
        var path = Path.Combine(staged, file.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file.Content);
        return file.Name;
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
