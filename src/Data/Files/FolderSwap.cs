namespace SlmPlanner.Data.Files;

/// <summary>Moves staged files into a folder one after the other, and can put everything back as it was.</summary>
/// <param name="target">The folder.</param>
/// <param name="staged">Where the new files are, on the same volume.</param>
/// <param name="previous">Where the files that they replace are kept meanwhile.</param>
internal sealed class FolderSwap(string target, string staged, string previous)
{
    private readonly Stack<Action> _undo = new();

    /// <summary>Moves one file into its place.</summary>
    public void Place(string name)
    {
        var (from, to) = (Path.Combine(staged, name), Path.Combine(target, name));
        MakeFolder(Path.GetDirectoryName(to)!);
        if (File.Exists(to))
        {
            Replace(from, to, Path.Combine(previous, name));
            return;
        }
        File.Move(from, to);
        _undo.Push(() => File.Delete(to));
    }

    /// <summary>All files are in their places: nothing is put back any more.</summary>
    public void Commit() => _undo.Clear();

    /// <summary>Undoes every move, the last first.</summary>
    public void RollBack()
    {
        while (_undo.TryPop(out var undo))
            undo();
    }

    private void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        MakeFolder(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder);
        _undo.Push(() => Directory.Delete(folder));
    }

    private void Replace(string from, string to, string kept)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        _undo.Push(() => PutBack(kept, to));
        try
        {
            File.Replace(from, to, kept);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && !File.Exists(kept))
        {
            // Some file systems have no second name for a file: the old one is then moved away first.
            File.Move(to, kept);
            File.Move(from, to);
        }
    }

    private static void PutBack(string kept, string to)
    {
        if (File.Exists(kept))
            File.Move(kept, to, overwrite: true);
    }
}
