using SlmPlanner.Calibrator.Distributed.Mpi;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate setup-mpi</c>: installs OpenMPI where it is missing.</summary>
internal sealed class SetupMpiCommand
{
    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "setup-mpi", "Install OpenMPI (Debian packages) for runs on several ranks, if it is missing.")
    {
        Examples = ["slm-calibrate setup-mpi"],
    }.DoneBy<SetupMpiCommand>((_, _) => Install());

    /// <summary>Installs with apt-get and says which version is there.</summary>
    private static int Install()
    {
        if (MpiSetup.LauncherVersion() is null || !MpiLibrary.Present)
            MpiSetup.Install();
        Console.Out.WriteLine(MpiSetup.LauncherVersion());
        return ExitCode.Done;
    }
}
