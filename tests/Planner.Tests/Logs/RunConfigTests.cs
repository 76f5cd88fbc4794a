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

    /// <summary>
    /// The Trainer's arguments as Python pickles them: the fixture was written by Python's own pickle in the form of <c>torch.save</c>.
    /// </summary>
    [Fact]
    public void The_trainers_pickled_arguments_are_read()
    {
        using var folder = new TemporaryFolder();
        File.Copy(LogFixtures.Of("configs/training_args.bin"), Path.Combine(folder.Path, "training_args.bin"));
        var run = LogFixtures.Learn(folder.Write("metrics.csv", File.ReadAllText(LogFixtures.Of("wandb-panel.csv"))));
        var facts = run.GetProperty("facts");
        foreach (var (field, value) in new[]
        {
            ("micro_batch_per_gpu", "4"), ("grad_accum", "16"), ("precision", "bf16"), ("activation_checkpointing", "full"),
            ("n_gpus", "8"), ("parallelism", "fsdp_full"), ("optimizer", "adamw_torch_fused"), ("total_steps", "900"), ("compile", "false"),
        })
            Assert.Equal((field, value), (field, facts.GetProperty(field).GetProperty("value").GetString()));
        Assert.DoesNotContain("zeppelin", run.GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>A log that says nothing but speeds, and one configuration beside it.</summary>
    [Theory]
    [InlineData("train.toml", TitanToml, "model=llama3-8B seq_len=4096 micro_batch_per_gpu=2 tp=2 activation_checkpointing=selective "
        + "compile=true precision=bf16")]
    [InlineData("training_args.json",
        """{"per_device_train_batch_size": 4, "gradient_accumulation_steps": 8, "bf16": true, "gradient_checkpointing": true, "optim": "adamw_torch_fused", "max_steps": 5000}""",
        "micro_batch_per_gpu=4 grad_accum=8 precision=bf16 activation_checkpointing=full optimizer=adamw_torch_fused total_steps=5000")]
    [InlineData("training_args.json", """{"use_liger_kernel": true, "activation_offloading": true, "gradient_checkpointing": true}""",
        "loss=fused offload=activations activation_checkpointing=full")]
    [InlineData("training_args.json", """{"per_device_eval_batch_size": 32, "eval_strategy": "steps"}""", "eval_batch=32 evaluates=true")]
    [InlineData("training_args.json", """{"per_device_eval_batch_size": 8, "evaluation_strategy": "no"}""", "eval_batch=8 evaluates=false")]
    [InlineData("training_args.json", """{"per_device_eval_batch_size": 8, "eval_strategy": "IntervalStrategy"}""", "eval_batch=8")]
    [InlineData("training_args.json",
        """{"loss_type": "chunked_nll", "use_liger_kernel": false, "bf16": true}""", "loss=chunked precision=bf16")]
    [InlineData("accelerate_config.yaml",
        "compute_environment: LOCAL_MACHINE\ndistributed_type: FSDP\nfsdp_config:\n  fsdp_sharding_strategy: "
        + "SHARD_GRAD_OP\nmixed_precision: bf16\nnum_machines: 2\nnum_processes: 16\n",
        "parallelism=fsdp_grad_op precision=bf16 nodes=2 n_gpus=16")]
    [InlineData("accelerate_config.yaml",
        "distributed_type: FSDP\ndynamo_config:\n  dynamo_backend: INDUCTOR\nfsdp_config:\n  fsdp_version: 2\n"
        + "  fsdp_reshard_after_forward: false\n  fsdp_activation_checkpointing: true\nnum_processes: 8\n",
        "parallelism=fsdp_grad_op compile=true activation_checkpointing=full n_gpus=8")]
    [InlineData("default_config.yaml",
        "distributed_type: DEEPSPEED\ndeepspeed_config:\n  gradient_accumulation_steps: 2\n  zero_stage: 2\nmixed_precision: "
        + "fp16\nnum_processes: 4\n",
        "parallelism=zero2 grad_accum=2 n_gpus=4 precision=fp16")]
    [InlineData("ds_config.json",
        """{"train_batch_size": 256, "train_micro_batch_size_per_gpu": "auto", "zero_optimization": {"stage": 3}, "bf16": {"enabled": true}, "fp16": {"enabled": false}}""",
        "global_batch=256 parallelism=fsdp_full precision=bf16")]
    [InlineData("train.sbatch", MegatronJob,
        "model=model␣of␣train.sbatch nodes=2 gpus_per_node=8 seq_len=2048 micro_batch_per_gpu=4 global_batch=256 tp=2 precision=bf16 "
        + "parallelism=zero1 activation_checkpointing=attention")]
    [InlineData("nanotron.yaml",
        "general:\n  run: x\nmodel:\n  dtype: bfloat16\n  model_config:\n    hidden_act: silu\n    hidden_size: 1024\n    "
        + "num_hidden_layers: 12\noptimizer:\n  accumulate_grad_in_fp32: true\n  zero_stage: 0\nparallelism:\n  dp: 4\n  pp: 2\n  tp: 2\n"
        + "  tp_mode: ALL_REDUCE\n  context_parallel_size: 1\ntokens:\n  batch_accumulation_per_replica: 2\n  micro_batch_size: 8\n"
        + "  sequence_length: 4096\n  train_steps: 100\n",
        "n_gpus=16 tp=2 pp=2 micro_batch_per_gpu=8 grad_accum=2 seq_len=4096 parallelism=ddp+tp(2)+pp(2) precision=bf16-mixed "
        + "d_model=1024 total_steps=100")]
    [InlineData("sky.yaml", "resources:\n  accelerators: H100:8\nnum_nodes: 2\nrun: |\n  torchrun train.py --seq-len 4096\n",
        "gpu=H100 gpus_per_node=8 nodes=2")]
    [InlineData("model_config.yaml",
        "name: pythia-70m\nblock_size: 2048\nvocab_size: 50254\npadded_vocab_size: 50304\nn_layer: 6\nn_head: 8\nn_embd: 512\nbias: "
        + "true\nnorm_class_name: LayerNorm\nmlp_class_name: GptNeoxMLP\nparallel_residual: true\n",
        "model=model␣of␣model_config.yaml n_layers=6 d_model=512")]
    [InlineData("wandb-metadata.json",
        """{"host": "zeppelin-box", "username": "zeppelin", "program": "/home/zeppelin/train.py", "gpu": "NVIDIA H100 80GB HBM3", "gpu_count": 8}""",
        "gpu=NVIDIA␣H100␣80GB␣HBM3 n_gpus=8")]
    [InlineData("config.yaml",
        "wandb_version: 1\nmicro_batch_size:\n  desc: null\n  value: 4\nseq_length:\n  desc: null\n  value: 2048\nnum_layers:\n  desc: "
        + "null\n  value: 12\n",
        "micro_batch_per_gpu=4 seq_len=2048 n_layers=12")]
    [InlineData("hparams.yaml",
        "trainer:\n  devices: 8\n  num_nodes: 4\n  precision: bf16\nmodel:\n  micro_batch_size: 2\n  global_batch_size: 512\n  "
        + "encoder_seq_length: 4096\n  num_layers: 32\n  hidden_size: 4096\n  tensor_model_parallel_size: 2\n  "
        + "activations_checkpoint_granularity: null\n",
        "nodes=4 gpus_per_node=8 n_gpus=32 micro_batch_per_gpu=2 global_batch=512 seq_len=4096 n_layers=32 d_model=4096 tp=2")]
    public void A_configuration_beside_says_what_the_log_does_not(string name, string text, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write(name, text);
        var run = LogFixtures.Learn(folder.Write("metrics.csv", File.ReadAllText(LogFixtures.Of("wandb-panel.csv"))));
        foreach (var pair in expected.Split(' '))
        {
            var (field, value) = (pair.Split('=')[0], pair.Split('=')[1].Replace('␣', ' '));
            Assert.Equal($"{field}={value}", field == "model" ? $"model={run.GetProperty("model").GetString()}"
                : $"{field}={(run.GetProperty("facts").TryGetProperty(field, out var fact) ? fact.GetProperty("value").GetString() : "")}");
        }
        Assert.DoesNotContain("zeppelin", run.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What a log lacks, the configuration beside it says: nothing of that is asked for, and all else is.</summary>
    [Theory]
    [InlineData("hf-tokens.log", "axolotl.yaml", "sequence_len: 1024\nmicro_batch_size: 8\ngradient_accumulation_steps: 2\n", "--gpu")]
    [InlineData("hf-tokens.log", "accelerate.yaml", "distributed_type: MULTI_GPU\nmixed_precision: bf16\nnum_processes: 4\n",
        "--gpu --seq-len")]
    [InlineData("megatron-bridge.log", "train.sbatch", MegatronJob, "--gpu")]
    [InlineData("megatron-bridge.log", "sky.yaml", "resources:\n  accelerators: H100:8\nnum_nodes: 2\n", "--model --seq-len")]
    [InlineData("nemo-2.log", "hparams.yaml",
        "trainer:\n  devices: 8\n  num_nodes: 2\nmodel:\n  micro_batch_size: 1\n  encoder_seq_length: 4096\n  num_layers: 32\n"
        + "  hidden_size: 4096\n", "--gpu")]
    [InlineData("factory.jsonl", "training_args.json",
        """{"per_device_train_batch_size": 2, "gradient_accumulation_steps": 8, "cutoff_len": 2048}""", "--model --gpu --n-gpus")]
    [InlineData("composer-minutes.log", "wandb-metadata.json", """{"gpu": "NVIDIA H100 80GB HBM3", "gpu_count": 8}""", "--model --seq-len")]
    [InlineData("torchtune.log", "sky.yaml", "resources:\n  accelerators: A100-80GB:4\n", "--model")]
    [InlineData("litgpt-steps.log", "model_config.yaml",
        "name: pythia-1b\nblock_size: 2048\nvocab_size: 50254\npadded_vocab_size: 50304\nn_layer: 16\nn_head: 8\nn_embd: 2048\nbias: "
        + "true\nnorm_class_name: LayerNorm\nmlp_class_name: GptNeoxMLP\nparallel_residual: true\n", "--gpu")]
    [InlineData("modded-nanogpt-seconds.txt", "job.sbatch", "#SBATCH --nodes=1\n#SBATCH --gres=gpu:h100:8\n", "--model --gpu")]
    [InlineData("nanogpt.log", "run.sh", "torchrun --standalone --nproc_per_node=8 train.py config/x.py\n", "--model --gpu")]
    [InlineData("nanogpt.log", "job.sbatch", "#SBATCH --nodes=2\nsrun torchrun --nproc_per_node=8 train.py\n", "--model --gpu")]
    [InlineData("deepspeed.log", "ds_config.json",
        """{"train_batch_size": "auto", "train_micro_batch_size_per_gpu": "auto", "zero_optimization": {"stage": 2}}""",
        "--model --gpu --seq-len")]
    public void What_the_configuration_says_is_not_asked_for(string log, string name, string text, string missing)
    {
        using var folder = new TemporaryFolder();
        var run = LogFixtures.Learn(folder.Write(log, File.ReadAllText(LogFixtures.Of(log))), "--run-config", folder.Write(name, text));
        Assert.Equal(missing, string.Join(' ', run.Strings("missing")));
    }

    /// <summary>What predictions know nothing of is shown, and not learned as if it were the usual.</summary>
    [Theory]
    [InlineData("ds_config.json", """{"zero_optimization": {"stage": 2, "offload_optimizer": {"device": "cpu", "pin_memory": true}}}""",
        "host's memory")]
    [InlineData("accelerate.yaml", "deepspeed_config:\n  offload_optimizer_device: nvme\n  zero_stage: 3\n", "host's memory")]
    [InlineData("accelerate.yaml", "distributed_type: FSDP\nfsdp_config:\n  fsdp_offload_params: true\n", "host's memory")]
    [InlineData("train.toml", "[training]\nenable_cpu_offload = true\n", "host's memory")]
    [InlineData("axolotl.yaml", "adapter: qlora\nlora_r: 16\n", "part of the parameters")]
    [InlineData("factory.yaml", "finetuning_type: lora\nlora_rank: 8\n", "part of the parameters")]
    public void What_no_prediction_knows_is_not_learned(string name, string text, string reason)
    {
        using var folder = new TemporaryFolder();
        var log = folder.Write("train.log", File.ReadAllText(LogFixtures.Of("torchtitan.log")));
        var run = LogFixtures.Learn(log, "--run-config", folder.Write(name, text));
        Assert.False(run.GetProperty("usable").GetBoolean());
        Assert.Contains(reason, run.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Configurations that a careless reader would follow forever, or until its stack ends.</summary>
    [Theory]
    [InlineData("config.yaml", "a: &a\n  b: *a\n")]
    [InlineData("config.yaml", "a: &a [*a, *a]\n")]
    [InlineData("config.yaml", "[", "[", "]", 100_000)]
    [InlineData("config.yaml", "{b: ", "{b: ", "}", 100_000)]
    [InlineData("train.toml", "a = [", "[", "]", 100_000)]
    [InlineData("config.json", "{\"a\":", "[", "]}", 100_000)]
    public void A_configuration_without_end_is_refused(string name, string text, string open = "", string close = "", int times = 0)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(name,
            text + string.Concat(Enumerable.Repeat(open, times)) + string.Concat(Enumerable.Repeat(close, times)));
        foreach (var run in (CommandRun[])
            [
                CommandRun.Of("learn", LogFixtures.Of("nanogpt.log"), "--dry-run", "--run-config", path),
                CommandRun.Of("plan", "--model", path, "--tokens", "1B"),
            ])
        {
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(name, run.Errors, StringComparison.Ordinal);
        }
    }

    /// <summary>Ten aliases of ten aliases, eleven times over: a hundred billion values in half a kilobyte.</summary>
    [Fact]
    public void Aliases_of_aliases_are_refused()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("config.yaml", "a0: &a0 {x: 1}\n" + string.Concat(Enumerable.Range(1, 11).Select(level =>
            $"a{level}: &a{level} {{{string.Join(", ", Enumerable.Range(0, 10).Select(key => $"k{key}: *a{level - 1}"))}}}\n")));
        var run = CommandRun.Of("learn", LogFixtures.Of("nanogpt.log"), "--dry-run", "--run-config", path);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("aliases counted as often as used", run.Errors, StringComparison.Ordinal);
    }

    private const string TitanToml = """
        [job]
        description = "Llama 3 8B training"
        [model]
        name = "llama3"
        flavor = "8B"
        [training]
        local_batch_size = 2
        seq_len = 4096
        steps = 1000
        mixed_precision_param = "bfloat16"
        [parallelism]
        data_parallel_replicate_degree = 1
        data_parallel_shard_degree = -1
        tensor_parallel_degree = 2
        [activation_checkpoint]
        mode = "selective"
        [compile]
        enable = true
        """;

    private const string MegatronJob = """
        #!/bin/bash
        #SBATCH --nodes=2
        #SBATCH --gpus-per-node=8
        srun python pretrain_gpt.py \
            --num-layers 24 --hidden-size 2048 --num-attention-heads 16 --seq-length 2048 --max-position-embeddings 2048 \
            --micro-batch-size 4 --global-batch-size 256 --tensor-model-parallel-size 2 --use-distributed-optimizer \
            --recompute-granularity selective --vocab-size 50257 --bf16
        """;

    [Fact]
    public void A_plan_beside_says_what_was_planned()
    {
        using var folder = new TemporaryFolder();
        folder.Write("plan.json", File.ReadAllText(Version2.File("plan.json")));
        var run = LogFixtures.Learn(folder.Write("metrics.csv", File.ReadAllText(LogFixtures.Of("wandb-panel.csv"))));
        Assert.Empty(run.Strings("missing"));
        Assert.Equal(8, run.GetProperty("n_gpus").GetInt32());
        Assert.Equal("plan.json", run.GetProperty("facts").GetProperty("seq_len").GetProperty("from").GetString());
    }

    [Fact]
    public void A_folder_of_mlflow_holds_its_runs()
    {
        using var folder = new TemporaryFolder();
        foreach (var run in (string[])["0a", "0b"])
        {
            var target = Path.Combine(folder.Path, "mlruns", "1", run);
            foreach (var file in Directory.EnumerateFiles(LogFixtures.Of("mlflow"), "*", SearchOption.AllDirectories))
            {
                var path = Path.Combine(target, Path.GetRelativePath(LogFixtures.Of("mlflow"), file));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Copy(file, path);
            }
            File.WriteAllText(Path.Combine(target, "meta.yaml"), "run_id: x\n");
        }
        var all = CommandRun.Of("learn", Path.Combine(folder.Path, "mlruns"), "--dry-run", "--format", "json");
        Assert.Equal(["mlflow", "mlflow"], JsonDocument.Parse(all.Output).RootElement.GetProperty("observations").EnumerateArray()
            .Select(one => one.GetProperty("format").GetString()!));
    }

    /// <summary>
    /// What the Trainer leaves: its console log, and the history with each checkpoint, which is that of the same run up to there. It counts
    /// once, by the console log, which has a clock.
    /// </summary>
    [Fact]
    public void A_folder_of_the_trainer_is_one_run()
    {
        using var folder = new TemporaryFolder();
        folder.Write("train.log", File.ReadAllText(LogFixtures.Of("hf-console-quoted.log")));
        foreach (var last in (int[])[250, 500])
            folder.Write($"checkpoint-{last}/trainer_state.json", "{\"global_step\":" + last + ",\"max_steps\":900,\"log_history\":["
                + string.Join(',', Enumerable.Range(1, last / 10).Select(entry => $"{{\"epoch\":0.1,\"loss\":3.5,\"step\":{entry * 10}}}"))
                + "]}");
        var run = LogFixtures.Learn(folder.Path);
        Assert.Equal("hf-trainer", run.GetProperty("format").GetString());
        Assert.Equal(500, run.GetProperty("steps").GetInt32());
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
