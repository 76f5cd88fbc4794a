using System.Net;
using System.Text.Json;
using SlmPlanner.Planner.Tests.Commands;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>What the configuration beside a log says, folders of one run, addresses, and what is kept besides.</summary>
public sealed class RunConfigTests
{
    private const string GptConfig =
        """{"model_type":"gpt2","n_embd":768,"n_layer":12,"n_head":12,"n_positions":1024,"vocab_size":50257,"architectures":["GPT2LMHeadModel"]}""";

    [Theory]
    [InlineData("job.sbatch", "#SBATCH --nodes=1\n#SBATCH --gres=gpu:a100:8\nsrun torchrun --nproc_per_node=8 train.py\n")]
    [InlineData("accelerate.yaml", "distributed_type: MULTI_GPU\nmixed_precision: bf16\nnum_machines: 1\nnum_processes: 8\n")]
    [InlineData("task.yaml", "resources:\n  accelerators: A100-80GB:8\nnum_nodes: 1\n")]
    public void Devices_are_counted_by_the_launcher_beside(string name, string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write(name, text);
        folder.Write("config.json", GptConfig);
        var run = LogFixtures.Learn(folder.Write("train.log", File.ReadAllText(LogFixtures.Of("nanogpt.log"))), "--gpu", "A100-80GB-SXM");
        Assert.Equal(8, run.GetProperty("n_gpus").GetInt32());
        Assert.Empty(run.Strings("missing"));
        Assert.DoesNotContain(Path.GetFileName(folder.Path), run.GetProperty("model").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_file_of_ours_tells_the_whole_run_and_its_plan()
    {
        using var folder = new TemporaryFolder();
        var launch = CommandRun.Of("export", Version2.File("plan.json"), "--to", "skypilot").Output;
        folder.Write("sky.yaml", launch);
        var run = LogFixtures.Learn(folder.Write("train.log", File.ReadAllText(LogFixtures.Of("nemo.log"))));
        Assert.Empty(run.Strings("missing"));
        Assert.Equal("slm-1b", run.GetProperty("model").GetString());
        Assert.Equal("a5d9dc019813dc94", run.GetProperty("facts").GetProperty("plan_id").GetProperty("value").GetString());
    }

    [Fact]
    public void A_configuration_among_the_logs_of_several_runs_is_nobodys()
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", GptConfig);
        folder.Write("other-run.log", "another run\n");
        var run = LogFixtures.Learn(folder.Write("train.log", File.ReadAllText(LogFixtures.Of("nanogpt.log"))));
        Assert.Contains("--model", run.Strings("missing"));
        Assert.Contains(run.Strings("notes"), note => note.Contains("--run-config", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_of_ranks_is_one_run_and_parts_go_on()
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(LogFixtures.Of("torchtitan.log"));
        foreach (var rank in (int[])[0, 1])
            folder.Write($"rank{rank}.log",
                string.Join('\n', lines.Where(line => line.Contains($"[rank{rank}]", StringComparison.Ordinal))) + "\n");
        Assert.Equal(31, LogFixtures.Learn(folder.Path).GetProperty("steps").GetInt32());

        using var parts = new TemporaryFolder();
        var whole = File.ReadAllText(LogFixtures.Of("torchtitan-resumed.log"));
        var second = whole.IndexOf("CUDA capacity", whole.Length / 2 - 400, StringComparison.Ordinal);
        var cut = whole.LastIndexOf('\n', second) + 1;
        parts.Write("slurm-11.out", whole[..cut]);
        parts.Write("slurm-12.out", whole[cut..]);
        var run = LogFixtures.Learn(parts.Path);
        Assert.Equal(35, run.GetProperty("steps").GetInt32());
        Assert.Single(run.GetProperty("events").EnumerateArray(), happened => happened.GetProperty("kind").GetString() == "restart");
    }

    [Fact]
    public async Task An_address_is_read_as_it_comes()
    {
        using var server = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/";
        server.Prefixes.Add(address);
        server.Start();
        var packed = LogFixtures.Gzip(await File.ReadAllBytesAsync(LogFixtures.Of("llm.c.log"), TestContext.Current.CancellationToken));
        var answering = Task.Run(
            () =>
            {
                var context = server.GetContext();
                context.Response.OutputStream.Write(packed);
                context.Response.Close();
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(50, LogFixtures.Learn(address + "run.log.gz").GetProperty("steps").GetInt32());
        await answering;
    }

    [Fact]
    public void The_whole_log_is_kept_only_where_it_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        var store = Path.Combine(folder.Path, "evidence.db");
        Assert.Equal(0, CommandRun.Of("learn", LogFixtures.Of("llm.c.log"), "--evidence", store).ExitCode);
        Assert.False(Directory.Exists(store + ".raw"));
        Assert.Equal(0, CommandRun.Of("learn", LogFixtures.Of("llm.c.log"), "--evidence", store, "--keep-raw").ExitCode);
        Assert.EndsWith("-llm.c.log.gz", Assert.Single(Directory.GetFiles(store + ".raw")), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_learned_as_own_runs()
    {
        using var folder = new TemporaryFolder();
        var rows = folder.Write("rows.csv",
            "id,n_layers,d_model,seq_len,gpu,n_gpus,tokens_per_sec_per_gpu\none,12,768,1024,A100-80GB-SXM,8,100000\ntwo,12,768,1024,A100-80GB-SXM,8,\n");
        var run = CommandRun.Of("learn", "--rows", rows, "--evidence", Path.Combine(folder.Path, "evidence.db"), "--format", "json");
        Assert.Equal([true, false], JsonDocument.Parse(run.Output).RootElement.GetProperty("observations").EnumerateArray()
            .Select(one => one.GetProperty("learned").GetBoolean()));
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
