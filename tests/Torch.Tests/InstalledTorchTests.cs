using System.Diagnostics;
using SlmPlanner.Tests;
using SlmPlanner.Torch.Tests.Distributed;

namespace SlmPlanner.Torch.Tests;

/// <summary>
/// A burst with the libtorch of another folder, as an installed PyTorch has it: a copy of the package's stands in for one.
/// </summary>
public sealed class InstalledTorchTests : IDisposable
{
    private const string Burst = """{"n_layers":1,"d_model":64,"n_heads":2,"vocab":256,"seq_len":64,"micro_batch":1,"steps":2,"warmup":1}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_burst_runs_on_the_libraries_of_the_folder_and_on_no_others()
    {
        Torch.LoadOrSkip();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "--libtorch works on Linux alone");
        var lib = Copy("__version__ = '2.10.0+cpu'\n");
        var trace = Path.Combine(_folder.Path, "trace");
        var (code, output) = Calibrate(lib, ("LD_DEBUG", "libs"), ("LD_DEBUG_OUTPUT", trace));

        Assert.True(code == 0, output);
        Assert.Contains("\"status\": \"ok\"", output, StringComparison.Ordinal);
        string[] loaded = [.. Directory.EnumerateFiles(_folder.Path, "trace.*").SelectMany(File.ReadLines)
            .Where(line => line.Contains("calling init:", StringComparison.Ordinal)
                && line.Contains("libtorch_cpu.so", StringComparison.Ordinal))
            .Select(line => line.Split("init: ")[1].Trim()).Distinct()];
        Assert.All(loaded, path => Assert.False(path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal), path));
        Assert.NotEmpty(loaded);
    }

    [Theory]
    [InlineData("__version__ = '2.9.1+cu128'\n", "is PyTorch 2.9.1+cu128, and this program needs 2.10.0")]
    [InlineData("# nothing\n", "says which version it is")]
    public void Another_version_is_refused_before_anything_is_loaded(string version, string message)
    {
        var (code, output) = Calibrate(Copy(version));
        Assert.Equal(2, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_libtorch_is_refused()
    {
        var (code, output) = Calibrate(_folder.Path);
        Assert.Equal(2, code);
        Assert.Contains("has no libc10.so", output, StringComparison.Ordinal);
    }

    /// <summary>Hard links: as good as copies to the loader, and without half a gigabyte.</summary>
    private string Copy(string version)
    {
        _folder.Write("torch/version.py", version);
        var lib = Directory.CreateDirectory(Path.Combine(_folder.Path, "torch", "lib")).FullName;
        foreach (var library in Directory.EnumerateFiles(AppContext.BaseDirectory, "lib*.so*")
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("libtorch", StringComparison.Ordinal)
                || name.StartsWith("libc10", StringComparison.Ordinal) || name.StartsWith("libgomp", StringComparison.Ordinal))))
        {
            using var link = Process.Start("ln", [library, Path.Combine(lib, Path.GetFileName(library))])!;
            link.WaitForExit();
            if (link.ExitCode != 0)
                File.Copy(library, Path.Combine(lib, Path.GetFileName(library)), overwrite: true);
        }
        return lib;
    }

    private (int Code, string Output) Calibrate(string lib, params (string Name, string Value)[] variables)
    {
        var spec = _folder.Write("burst.json", Burst);
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "slm-calibrate"),
            ["burst", "--spec", spec, "--libtorch", lib, "--time-only", "--format", "json"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["XDG_DATA_HOME"] = Path.Combine(_folder.Path, "data");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
