using System.ComponentModel;
using System.Diagnostics;
using SlmPlanner.Core;

namespace SlmPlanner.Calibrator.Distributed.Mpi;

/// <summary>Which MPI launcher this machine has, and how it gets one.</summary>
internal static class MpiSetup
{
    /// <summary>What to do where MPI is missing.</summary>
    public const string Hint = "install it with `slm-calibrate setup-mpi` or `apt-get install openmpi-bin libopenmpi-dev`";

    private static readonly string[] Packages = ["openmpi-bin", "libopenmpi-dev"];

    /// <summary>The first line of <c>mpirun --version</c>; null when there is none.</summary>
    public static string? LauncherVersion()
    {
        try
        {
            return Run("mpirun", ["--version"]) is (0, var output) ? output.Split('\n')[0].Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Installs OpenMPI with apt.</summary>
    /// <exception cref="InputException">No apt here, or it failed; the message ends with its last line.</exception>
    public static void Install()
    {
        try
        {
            Apt(["update", "-qq"]);
            Apt(["install", "-y", "-qq", "--no-install-recommends", .. Packages]);
        }
        catch (Win32Exception)
        {
            throw new InputException($"no apt-get on this machine: install OpenMPI ({string.Join(", ", Packages)} on Debian) by its own "
                + $"package manager");
        }
    }

    private static void Apt(string[] arguments)
    {
        var (code, output) = Run("apt-get", arguments);
        if (code != 0)
            throw new InputException($"apt-get {string.Join(' ', arguments)} ended with {code}: {output.Trim().Split('\n')[^1]}");
    }

    private static (int Code, string Output) Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true,
            RedirectStandardInput = true };
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
