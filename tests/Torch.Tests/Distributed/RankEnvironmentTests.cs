using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Processes;

namespace SlmPlanner.Torch.Tests.Distributed;

public sealed class RankEnvironmentTests
{
    [Fact]
    public void OpenMpi_hydra_and_slurm_tell_rank_and_size()
    {
        Assert.Equal(new("mpirun", 3, 4, 1, 2), Read(
            "OMPI_COMM_WORLD_RANK=3 OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_RANK=1 OMPI_COMM_WORLD_LOCAL_SIZE=2"));
        Assert.Equal(new("mpiexec", 1, 2, 1, 2), Read("PMI_RANK=1 PMI_SIZE=2 MPI_LOCALRANKID=1 MPI_LOCALNRANKS=2"));
        Assert.Equal(new("srun", 5, 8, 1, 8), Read("SLURM_PROCID=5 SLURM_STEP_NUM_TASKS=8 SLURM_LOCALID=1"));
    }

    [Fact]
    public void A_batch_script_outside_srun_is_one_process() => Assert.Null(Read("SLURM_PROCID=0 SLURM_NTASKS=8"));

    [Fact]
    public void Open_mpi_is_told_to_share_cores_only_where_there_are_too_few()
    {
        var plan = new LaunchPlan(2, "program", ["burst", "--ranks", "2"], null, TimeSpan.FromSeconds(1));
        var crowded = LauncherArguments.Of(plan, "mpirun (Open MPI) 4.1.4", cores: 2, root: true);
        var roomy = LauncherArguments.Of(plan, "mpirun (Open MPI) 4.1.4", cores: 64, root: false);
        Assert.Contains("--oversubscribe", crowded);
        Assert.Contains("--allow-run-as-root", crowded);
        Assert.DoesNotContain("--oversubscribe", roomy);
        Assert.DoesNotContain("--allow-run-as-root", roomy);
        Assert.Equal(["program", "burst", "--ranks", "2"], roomy.TakeLast(4));
    }

    [Fact]
    public void A_host_file_goes_to_the_launcher_in_its_own_flag()
    {
        var plan = new LaunchPlan(4, "program", [], "hosts.txt", TimeSpan.FromSeconds(1));
        Assert.Contains("--hostfile hosts.txt", string.Join(' ', LauncherArguments.Of(plan, "mpirun (Open MPI) 4.1.4", 2, false)),
            StringComparison.Ordinal);
        Assert.Contains("-f hosts.txt", string.Join(' ', LauncherArguments.Of(plan, "HYDRA build details:", 2, false)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Ranks_take_the_allocator_and_the_settings_of_dotnet_but_no_binding_to_cores()
    {
        var taken = ChildEnvironment.OfRanks(ChildEnvironment.Fast);
        Assert.Contains("MALLOC_TOP_PAD_", taken.Keys);
        Assert.Contains("GLIBC_TUNABLES", taken.Keys);
        Assert.Contains("DOTNET_TieredCompilation", taken.Keys);
        Assert.DoesNotContain(taken.Keys, variable => variable.Contains("OMP_", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_survives_its_line()
    {
        var failure = new RankFailure(FailureKind.Hung, 1, "waited \"long\"");
        Assert.Equal(failure, RankFailure.FromLine("[1,0]<stderr>: " + failure.ToLine()));
        Assert.Null(RankFailure.FromLine("something else"));
    }

    private static RankEnvironment? Read(string variables)
    {
        var values = variables.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return RankEnvironment.Read(values.GetValueOrDefault);
    }
}
