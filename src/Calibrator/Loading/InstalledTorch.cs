using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SlmPlanner.Core;
using TorchSharp;

namespace SlmPlanner.Calibrator.Loading;

/// <summary>
/// libtorch of an installed PyTorch in place of the package's: a machine that has PyTorch with CUDA then needs no CUDA package. TorchSharp
/// loads what lies beside its own assembly, so the program goes on in a folder that links to its files and to that PyTorch's libraries.
/// </summary>
internal static partial class InstalledTorch
{
    /// <summary>The variable by which the program knows that it runs in such a folder.</summary>
    private const string Variable = "SLM_LIBTORCH";

    /// <summary>What must be there. CUDA's libraries come with them where the PyTorch has them.</summary>
    private static readonly string[] NeededLibraries = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    /// <summary>The folder in use; null for the package's own libraries.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <summary>
    /// Goes on with the libraries of a folder: this process becomes the same program, called the same way, in the linked folder.
    /// </summary>
    /// <param name="folder"><c>torch/lib</c> of an installed PyTorch; null for the package's own.</param>
    /// <exception cref="InputException">The folder lacks a library, or holds another version.</exception>
    public static void Use(string? folder)
    {
        if (folder is null || Folder == Path.GetFullPath(folder))
            return;
        if (!OperatingSystem.IsLinux())
            throw new InputException("--libtorch works on Linux alone");
        var torch = Path.GetFullPath(folder);
        Check(torch);
        var linked = Linked(AppContext.BaseDirectory, torch);
        Environment.SetEnvironmentVariable(Variable, torch);
        Become(linked, Environment.GetCommandLineArgs()[1..]);
    }

    /// <summary>Refuses libraries of another version than the bindings were made for: they would call functions that differ.</summary>
    /// <param name="version">As PyTorch says it, <c>2.10.0+cu128</c>.</param>
    /// <param name="folder">Where it is.</param>
    /// <exception cref="InputException">The versions differ.</exception>
    private static void Compare(string version, string folder)
    {
        var needed = Needed();
        if (version.Split('+')[0] != needed)
            throw new InputException(
                $"--libtorch: {folder} is PyTorch {version}, and this program needs {needed}: install torch=={needed}, or leave "
                + $"--libtorch out");
    }

    private static void Check(string folder)
    {
        foreach (var name in NeededLibraries)
            if (!File.Exists(Path.Combine(folder, name)))
                throw new InputException($"--libtorch: {folder} has no {name}; give the folder torch/lib of an installed PyTorch "
                    + $"{Needed()}");
        Compare(Version(Path.GetFullPath(Path.Combine(folder, ".."))), folder);
    }

    /// <summary>A PyTorch says its version in <c>torch/version.py</c>, a libtorch of its own in <c>build-version</c>.</summary>
    private static string Version(string torch)
    {
        var (python, alone) = (Path.Combine(torch, "version.py"), Path.Combine(torch, "build-version"));
        if (File.Exists(python) && VersionLine().Match(File.ReadAllText(python)) is { Success: true } said)
            return said.Groups[1].Value;
        return File.Exists(alone) ? File.ReadAllText(alone).Trim()
            : throw new InputException($"--libtorch: neither {python} nor {alone} says which version it is; {Needed()} is needed");
    }

    /// <summary>A folder of links to the program's files and, over them, to the libraries. Made once for each pair of folders.</summary>
    private static string Linked(string program, string torch)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{program}\n{File.GetLastWriteTimeUtc(
            Path.Combine(program, "slm-calibrate.dll")):O}\n{torch}")))[..16];
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var linked = Path.Combine(home, "slm-planner", $"libtorch-{name}");
        if (Directory.Exists(linked))
            return linked;
        var made = Directory.CreateDirectory($"{linked}.{Environment.ProcessId}.tmp").FullName;
        foreach (var entry in Directory.EnumerateFileSystemEntries(program))
            Link(entry, made);
        foreach (var library in Directory.EnumerateFiles(torch, "*.so*"))
            Link(library, made);
        // The runtime finds the program's folder by following links from the program's own files: those are copied.
        foreach (var own in Directory.EnumerateFiles(program, "slm-calibrate*").Append(Path.Combine(program, "TorchSharp.dll")))
        {
            var copy = Path.Combine(made, Path.GetFileName(own));
            File.Delete(copy);
            File.Copy(own, copy);
        }
        try
        {
            Directory.Move(made, linked);
        }
        catch (IOException) when (Directory.Exists(linked))
        {
            Directory.Delete(made, recursive: true);
        }
        return linked;
    }

    private static void Link(string target, string folder)
    {
        var link = Path.Combine(folder, Path.GetFileName(target));
        File.Delete(link);
        File.CreateSymbolicLink(link, target);
    }

    /// <summary>
    /// The same program in another folder in place of this process (execve(2)): no second process stands between it and signals.
    /// </summary>
    private static void Become(string folder, string[] arguments)
    {
        string[] command = Path.GetFileName(Environment.ProcessPath) == "slm-calibrate"
            ? [Path.Combine(folder, "slm-calibrate"), .. arguments]
            : [Environment.ProcessPath!, Path.Combine(folder, "slm-calibrate.dll"), .. arguments];
        _ = setenv(Variable, Environment.GetEnvironmentVariable(Variable)!, 1);
        // Words by hand: the generated marshalling of string arrays converts what lies on the stack first, and where the project checks
        // arithmetic, now and then finds an overflow in it.
        nint[] words = [.. command.Select(Marshal.StringToCoTaskMemUTF8), 0];
        _ = execv(words[0], words);
        throw new InputException($"--libtorch: {command[0]} can't be started: error {Marshal.GetLastPInvokeError()}");
    }

    private static string Needed() =>
        System.Version.TryParse(Stated(), out var version) ? version.ToString(3)
            : throw new InputException("--libtorch: this TorchSharp does not say which libtorch it needs; leave --libtorch out");

    private static string? Stated() =>
        typeof(torch).GetField("libtorchPackageVersion", BindingFlags.Static | BindingFlags.NonPublic)?.GetRawConstantValue() as string;

    [GeneratedRegex("""^__version__\s*=\s*['"]([^'"]+)['"]""", RegexOptions.Multiline)]
    private static partial Regex VersionLine();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int execv(nint path, nint[] arguments);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);
}
