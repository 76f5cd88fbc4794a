using SlmPlanner.Core;
using SlmPlanner.Data.Files;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Presentation;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    private string Folder => Path.Combine(_root.Path, "report");

    [Fact]
    public void A_new_folder_is_not_to_be_seen_before_all_its_files_are_there()
    {
        AtomicFolder.Write(Folder, Files());
        Assert.Equal(["a.txt=1", "charts/", "charts/b.txt=2"], Content());
        Assert.Equal([Folder], Directory.GetFileSystemEntries(_root.Path));

        IEnumerable<FolderFile> Files()
        {
            yield return FolderFile.Text("a.txt", "1");
            Assert.False(Directory.Exists(Folder));
            yield return FolderFile.Text("charts/b.txt", "2");
        }
    }

    [Fact]
    public void Files_of_the_same_name_are_replaced_and_all_others_stay()
    {
        Before();
        AtomicFolder.Write(Folder, New("a.txt", "sub/c.txt", "deep/er/d.txt"));
        Assert.Equal(["a.txt=new", "deep/", "deep/er/", "deep/er/d.txt=new", "mine.txt=mine", "sub/", "sub/c.txt=new"], Content());
    }

    /// <summary>The last name belongs to a folder, so that its file can't take its place after the others have.</summary>
    [Fact]
    public void When_a_file_cannot_take_its_place_the_folder_is_as_it_was()
    {
        Before();
        Directory.CreateDirectory(Path.Combine(Folder, "taken"));
        var before = Content();
        var refused = Assert.Throws<InputException>(() => AtomicFolder.Write(Folder, New("a.txt", "sub/c.txt", "deep/er/d.txt", "taken")));
        Assert.StartsWith($"cannot write into {Folder}: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Content());
    }

    [Fact]
    public void When_a_file_cannot_be_made_the_folder_is_as_it_was()
    {
        Before();
        var before = Content();
        Assert.Throws<InvalidOperationException>(() => AtomicFolder.Write(Folder, Files()));
        Assert.Equal(before, Content());

        static IEnumerable<FolderFile> Files()
        {
            yield return FolderFile.Text("a.txt", "new");
            throw new InvalidOperationException("the second can't be made");
        }
    }

    public void Dispose() => _root.Dispose();

    private static IEnumerable<FolderFile> New(params string[] names) => names.Select(name => FolderFile.Text(name, "new"));

    private void Before()
    {
        _root.Write("report/a.txt", "old");
        _root.Write("report/sub/c.txt", "old");
        _root.Write("report/mine.txt", "mine");
    }

    /// <summary>Every folder and file with its text, by name.</summary>
    private string[] Content() =>
    [
        .. Directory.GetFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path) + (Directory.Exists(path) ? "/" : "=" + File.ReadAllText(path)))
            .Order(StringComparer.Ordinal),
    ];
}
