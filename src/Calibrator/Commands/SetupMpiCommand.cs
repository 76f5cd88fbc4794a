using Cocona;
using SlmPlanner.Calibrator.Distributed.Mpi;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate setup-mpi</c>: installs OpenMPI where it is missing.</summary>
internal sealed class SetupMpiCommand
{
    /// <summary>Installs with apt-get and says which version is there.</summary>
    [Command("setup-mpi", Description = "Install OpenMPI (Debian packages) for runs on several ranks, if it is missing.")]
    public int Install()
    {
        if (MpiSetup.LauncherVersion() is null || !MpiLibrary.Present)
            MpiSetup.Install();
        Console.Out.WriteLine(MpiSetup.LauncherVersion());
        return ExitCode.Done;
    }
}
