using System.IO.Compression;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Logs.Sources;

/// <summary>Keeps whole logs beside a store, packed, for who asks for it: they may hold names of hosts, paths and people.</summary>
public static class RawLogs
{
    /// <summary>Keeps the files of a run in the folder <c>STORE.raw</c>, each as <c>ID-NAME.gz</c>. A file that is there is left.</summary>
    /// <param name="store">The store's path.</param>
    /// <param name="id">The observation's id.</param>
    /// <param name="places">The files; addresses are passed over.</param>
    /// <exception cref="InputException">A file can't be read or written.</exception>
    public static void Keep(string store, string id, IEnumerable<string> places)
    {
        var folder = store + ".raw";
        foreach (var place in places.Where(File.Exists))
        {
            var target = Path.Combine(folder, $"{id[..12]}-{Path.GetFileName(place)}.gz");
            if (File.Exists(target))
                continue;
            try
            {
                Directory.CreateDirectory(folder);
                var part = target + ".part";
                using (var from = LogSource.File(place))
                using (var to = new GZipStream(File.Create(part), CompressionLevel.Optimal))
                    from.CopyTo(to);
                File.Move(part, target);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new InputException($"cannot keep {place} in {folder}: {exception.Message}", exception);
            }
        }
    }
}
