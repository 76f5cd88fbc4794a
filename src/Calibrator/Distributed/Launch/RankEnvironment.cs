using System.Globalization;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>What the launcher that started this process says about its place among the ranks.</summary>
/// <param name="Launcher">mpirun (OpenMPI), mpiexec (Hydra, MPICH) or srun (Slurm).</param>
/// <param name="Rank">This rank, from 0.</param>
/// <param name="Size">All ranks, ≥ 1.</param>
/// <param name="LocalRank">This rank on its host, from 0: the GPU to use.</param>
/// <param name="LocalSize">Ranks on this host, ≥ 1.</param>
internal sealed record RankEnvironment(string Launcher, int Rank, int Size, int LocalRank, int LocalSize)
{
    private static readonly (string Launcher, string Rank, string Size, string LocalRank, string LocalSize)[] Known =
    [
        ("mpirun", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK", "OMPI_COMM_WORLD_LOCAL_SIZE"),
        ("mpiexec", "PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID", "MPI_LOCALNRANKS"),
        ("srun", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_LOCALID", "SLURM_NTASKS_PER_NODE"),
    ];

    /// <summary>Reads the environment; null when no launcher started this process.</summary>
    /// <param name="variable">Gives an environment variable or null.</param>
    public static RankEnvironment? Read(Func<string, string?> variable)
    {
        foreach (var known in Known)
        {
            if (Number(variable(known.Rank)) is { } rank && Number(variable(known.Size)) is { } size)
                return new(known.Launcher, rank, size, Number(variable(known.LocalRank)) ?? 0, Number(variable(known.LocalSize)) ?? size);
        }
        return null;
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
