using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SlmPlanner.Core;

namespace SlmPlanner.Calibrator.Loading;

/// <summary>
/// Makes <c>libLibTorchSharp.so</c> load where libstdc++ is older than the one it was built with.
/// <para>
/// TorchSharp 0.107.0 asks for the symbol version <c>GLIBCXX_3.4.32</c>, which Debian 12 and Ubuntu 22.04 lack. One symbol
/// carries that version, <c>std::ios_base_library_init()</c>, and no relocation uses it; so the need is marked
/// <c>VER_FLG_WEAK</c> in <c>.gnu.version_r</c> (ELF gABI, "Symbol Versioning"), which the loader may then leave unmet.
/// </para>
/// Only the copy beside the program is changed, whole or not at all (temporary file, then rename, so ranks that start
/// together are safe); a package cache is never touched. The result counts only if the library then loads.
/// </summary>
internal static class NativeLibraryFix
{
    private const string LibraryName = "libLibTorchSharp.so";
    private const string OnlyUnusedSymbol = "_ZSt21ios_base_library_initv";
    private const uint VersionNeedSection = 0x6ffffffe;
    private const uint VersionSymbolSection = 0x6fffffff;
    private const uint DynamicSymbolSection = 11;
    private const ushort WeakFlag = 2;

    /// <summary>Loads the library in <paramref name="folder"/>, changing the copy there first if it does not load as it is.</summary>
    /// <returns>True when the copy was changed by this call.</returns>
    /// <exception cref="InputException">It can't be made to load, with what the loader says.</exception>
    public static bool Apply(string folder)
    {
        var path = Path.Combine(folder, LibraryName);
        if (!File.Exists(path) || Loads(path, out var reason))
            return false;
        if (!OperatingSystem.IsLinux() || !reason.Contains("GLIBCXX_", StringComparison.Ordinal))
            throw new InputException($"cannot load {path}: {reason}");
        Rewrite(path, Weaken(File.ReadAllBytes(path), MissingVersion(reason)));
        if (!Loads(path, out reason))
            throw new InputException($"cannot load {path} even after its version need was made weak: {reason}");
        return true;
    }

    /// <summary>Marks the need of one symbol version weak in an ELF64 little-endian library.</summary>
    /// <exception cref="InputException">The version is not there, or more than the one unused symbol carries it.</exception>
    internal static byte[] Weaken(byte[] library, string version)
    {
        var elf = new ElfSections(library);
        var need = elf.Find(VersionNeedSection);
        var names = elf.Link(need);
        var at = AuxiliaryEntry(library, need, names, version);
        var index = BinaryPrimitives.ReadUInt16LittleEndian(library.AsSpan(at + 6));
        var users = SymbolsOf(library, elf, index);
        if (users is not [OnlyUnusedSymbol])
            throw new InputException($"{LibraryName}: {version} is carried by {string.Join(", ", users)}; only {OnlyUnusedSymbol} is "
                + $"known to be unused");
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(library.AsSpan(at + 4));
        BinaryPrimitives.WriteUInt16LittleEndian(library.AsSpan(at + 4), (ushort)(flags | WeakFlag));
        return library;
    }

    private static bool Loads(string path, out string reason)
    {
        try
        {
            NativeLibrary.Load(path);
            reason = "";
            return true;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            reason = exception.Message;
            return false;
        }
    }

    private static string MissingVersion(string reason)
    {
        var start = reason.IndexOf("GLIBCXX_", StringComparison.Ordinal);
        var end = reason.IndexOfAny(['\'', ' ', ')', '`'], start);
        return reason[start..(end < 0 ? reason.Length : end)];
    }

    /// <summary>Offset of the Vernaux record (hash 4, flags 2, index 2, name 4, next 4) whose name is <paramref name="version"/>.</summary>
    private static int AuxiliaryEntry(byte[] file, ElfSection need, ElfSection names, string version)
    {
        for (var record = need.Offset; ;)
        {
            var count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(record + 2));
            var at = record + ReadInt(file, record + 8);
            for (var i = 0; i < count; i++)
            {
                if (Text(file, names.Offset + ReadInt(file, at + 8)) == version)
                    return at;
                at += ReadInt(file, at + 12);
            }
            var next = ReadInt(file, record + 12);
            if (next == 0)
                throw new InputException($"{LibraryName}: no need of {version} found");
            record += next;
        }
    }

    private static List<string> SymbolsOf(byte[] file, ElfSections elf, ushort versionIndex)
    {
        var versions = elf.Find(VersionSymbolSection);
        var symbols = elf.Find(DynamicSymbolSection);
        var names = elf.Link(symbols);
        return
        [
            .. Enumerable.Range(0, versions.Size / 2)
                .Where(i => (BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(versions.Offset + 2 * i)) & 0x7fff) == versionIndex)
                .Select(i => Text(file, names.Offset + ReadInt(file, symbols.Offset + 24 * i))),
        ];
    }

    private static void Rewrite(string path, byte[] content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(temporary, content);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path} must be changed once so that it loads on this system, and cannot be written: "
                + $"{exception.Message}", exception);
        }
    }

    private static int ReadInt(byte[] file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at));

    private static string Text(byte[] file, int at) => Encoding.ASCII.GetString(file.AsSpan(at, file.AsSpan(at).IndexOf((byte)0)));
}
