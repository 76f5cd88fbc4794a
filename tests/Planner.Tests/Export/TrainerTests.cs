using SlmPlanner.Core;
using SlmPlanner.Core.Economics.Recipe;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Economics;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Data.Trainers;
using SlmPlanner.Planner.Export;
using SlmPlanner.Planner.Export.Trainers;
using SlmPlanner.Planner.Tests.Presentation.Plans;
using SlmPlanner.Tests;
using Tomlyn;
using Tomlyn.Model;
using YamlDotNet.Serialization;

namespace SlmPlanner.Planner.Tests.Export;

public sealed class TrainerTests
{
    private static readonly ProfileStore Store = ProfileStore.Open(Repository.Profiles);
    private static readonly RecipeRules Rules = new(RecipeFile.Read(Repository.Profiles), BatchFile.Read(Repository.Profiles));
    private static readonly TransformerShape Llama = Store.Models.Find("slm-1b");
    private static readonly TransformerShape Llama1B = Store.Models.Find("llama-3.2-1b");
    private static readonly TransformerShape Gpt2 = Store.Models.Find("gpt2");
    private static readonly TransformerShape Nanochat = Store.Models.Find("nanochat-d20");

    public static TheoryData<Trainer> All => [.. Enum.GetValues<Trainer>()];

    public static TheoryData<Trainer, LaunchFormat> Wrapped => new(
        from trainer in Enum.GetValues<Trainer>()
        from format in new[] { LaunchFormat.SkyPilot, LaunchFormat.Slurm, LaunchFormat.Torchrun, LaunchFormat.Dstack,
            LaunchFormat.Kubernetes }
        select (trainer, format));

    [Theory]
    [MemberData(nameof(All))]
    public void Every_program_has_a_table_with_version_source_and_date(Trainer trainer)
    {
        var table = Table(trainer);
        Assert.Equal(TrainerScripts.FileOf(trainer), table.Name + ".json");
        Assert.True(table.Source.Length > 0 && table.Version.Length > 0 && table.Repository.Contains('/', StringComparison.Ordinal));
        Assert.True(table.Date > new DateOnly(2026, 1, 1) && table.Install.Count > 0);
    }

    /// <summary>
    /// Settings are checked as they are set; here the table is held against what stands in the file, and none is set twice.
    /// </summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Every_name_and_value_that_is_written_is_one_of_the_programs(Trainer trainer)
    {
        var (table, script) = (Table(trainer), Script(trainer));
        Assert.All(script.Settings.All, setting => table.Check(setting.Name, TrainerSettings.Text(setting.Value)));
        Assert.Equal(script.Settings.All.Count, script.Settings.All.DistinctBy(setting => setting.Name).Count());
        Assert.True(script.Settings.All.Count >= 9);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_script_is_written_as_its_golden_file(Trainer trainer) =>
        Golden.Equal(Written(trainer, LaunchFormat.Torchrun), $"trainer-{Core.Text.DeclaredName.Of(trainer)}.sh");

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void Every_launcher_carries_the_command_the_id_and_the_install(Trainer trainer, LaunchFormat format)
    {
        var text = Written(trainer, format);
        Assert.Contains(LaunchFileTests.Plan.PlanId!, text, StringComparison.Ordinal);
        Assert.Contains("DATA", text, StringComparison.Ordinal);
        Assert.Contains(Script(trainer).Settings.All[0].Name.Split('.')[^1], text, StringComparison.Ordinal);
        if (format is LaunchFormat.SkyPilot or LaunchFormat.Dstack or LaunchFormat.Kubernetes)
            Assert.Contains(Table(trainer).Install[0], text, StringComparison.Ordinal);
    }

    /// <summary>What starts the program is a stand-in that prints its arguments; everything before it runs.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void The_script_runs_up_to_the_program_and_resumes_where_a_checkpoint_lies(Trainer trainer)
    {
        using var folder = new TemporaryFolder();
        var stand = "say() { printf '%s\\n' \"$@\"; }; torchrun() { say \"$@\"; }; accelerate() { say \"$@\"; }; litgpt() { say \"$@\"; "
            + "}; tune() { say \"$@\"; }\n"
            + $"export NODE_RANK=1 MASTER_ADDR=10.0.0.1 DATA=/data BASE=/base OUT={folder.Path}/out NANOGPT=. NANOCHAT=.\n";
        var lines = ShellScriptTests.Bash(stand + Written(trainer, LaunchFormat.Torchrun));
        Assert.True(lines.Length > 3);
        Assert.True(Directory.Exists(Path.Combine(folder.Path, "out")));
        if (trainer is Trainer.Nanogpt)
            Assert.Contains("--init_from=scratch", lines);
        File.WriteAllText(Path.Combine(folder.Path, "out", "ckpt.pt"), "");
        if (trainer is Trainer.Nanogpt)
            Assert.Contains("--init_from=resume", ShellScriptTests.Bash(stand + Written(trainer, LaunchFormat.Torchrun)));
    }

    [Fact]
    public void Torchtitan_is_told_the_whole_plan()
    {
        var job = Job(Trainer.Torchtitan);
        var toml = TomlSerializer.Deserialize<TomlTable>(Script(Trainer.Torchtitan).Files[0].Text)!;
        var training = (TomlTable)toml["training"];
        Assert.Equal((16L, 512L, 1024L, 38_147L),
            ((long)training["local_batch_size"], (long)training["global_batch_size"], (long)training["seq_len"], (long)training["steps"]));
        Assert.Equal(job.Recipe.LearningRate[0].Amount, (double)((TomlTable)toml["optimizer"])["lr"]);
        Assert.Equal(job.CheckpointSteps, (long)((TomlTable)toml["checkpoint"])["interval"]);
        Assert.Equal((2L, 8L), ((long)((TomlTable)toml["parallelism"])["data_parallel_replicate_degree"],
            (long)((TomlTable)toml["parallelism"])["data_parallel_shard_degree"]));
    }

    /// <summary>torchtitan's own rounding, worked out: int(factor · int(2 · 4 · width / 3)).</summary>
    [Fact]
    public void Torchtitan_builds_the_width_of_the_feed_forward_that_was_planned()
    {
        var text = Script(Trainer.Torchtitan).Files[1].Text;
        var factor = double.Parse(text.Split("ffn_dim_multiplier=")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(Llama.DFfn, (int)(factor * (2 * 4 * Llama.DModel / 3)));
    }

    [Theory]
    [InlineData(Trainer.Litgpt, "litgpt.yaml")]
    [InlineData(Trainer.Nanotron, "nanotron.yaml")]
    [InlineData(Trainer.Axolotl, "axolotl.yaml")]
    public void A_yaml_configuration_reads_back(Trainer trainer, string name)
    {
        var (file, text) = Script(trainer).Files[0];
        Assert.Equal(name, file);
        Assert.NotEmpty(new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(text));
    }

    /// <summary>By hand: 16 GPUs on two machines.</summary>
    [Theory]
    [InlineData(Trainer.Axolotl, "hsdp", "8", "2")]
    [InlineData(Trainer.Axolotl, "hsdp(dp4)", "4", "4")]
    [InlineData(Trainer.Torchtitan, "hsdp(dp4)", "4", "4")]
    [InlineData(Trainer.Torchtitan, "fsdp_grad_op(dp2)", "2", "8")]
    public void States_are_shared_in_the_groups_that_were_planned(Trainer trainer, string scheme, string shards, string replicas)
    {
        var settings = Script(trainer, candidate => candidate with { Parallelism = Scheme.Parse(scheme) }).Settings.All;
        Assert.Equal((shards, replicas), trainer == Trainer.Axolotl ? (Told("dp_shard_size"), Told("dp_replicate_size"))
            : (Told("parallelism.data_parallel_shard_degree"), Told("parallelism.data_parallel_replicate_degree")));

        string Told(string name) => TrainerSettings.Text(settings.Single(setting => setting.Name == name).Value);
    }

    [Theory]
    [InlineData(Trainer.Torchtitan, "zero1")]
    [InlineData(Trainer.RunClm, "hsdp(dp4)")]
    [InlineData(Trainer.Trl, "hsdp(dp4)")]
    [InlineData(Trainer.Axolotl, "fsdp_grad_op(dp4)")]
    [InlineData(Trainer.Nanotron, "zero1(dp4)")]
    [InlineData(Trainer.Litgpt, "ddp")]
    [InlineData(Trainer.Nanotron, "fsdp_full")]
    [InlineData(Trainer.MegatronLm, "fsdp_full")]
    [InlineData(Trainer.Nanogpt, "hsdp")]
    [InlineData(Trainer.Nanochat, "fsdp_full")]
    public void A_sharding_that_a_program_can_not_do_is_refused(Trainer trainer, string scheme) => Assert.Contains(
        scheme, Assert.Throws<InputException>(() =>
            Script(trainer, candidate => candidate with { Parallelism = Scheme.Parse(scheme) })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Trainer.Nanogpt)]
    [InlineData(Trainer.Nanochat)]
    public void A_model_of_another_family_is_refused_with_a_way_out(Trainer trainer) =>
        Assert.Contains("torchtitan", Assert.Throws<InputException>(
        () => TrainerScripts.Write(trainer, Job(trainer) with { Shape = Llama }, Table(trainer))).Message, StringComparison.Ordinal);

    /// <summary>A plan that fine-tunes is no work for a program that trains from the start, nor the other way round.</summary>
    [Theory]
    [InlineData(Trainer.RunClm)]
    [InlineData(Trainer.Trl)]
    public void A_plan_of_the_other_task_is_refused_with_a_way_out(Trainer trainer)
    {
        var turned = Assert.Throws<InputException>(() =>
            Script(trainer, candidate => candidate with { Tuning = trainer == Trainer.Trl ? null : new(TuningMethod.Lora) }));
        Assert.Contains(trainer == Trainer.Trl ? "--task finetune" : "take trl", turned.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Trainer.Trl, TuningMethod.Freeze, "axolotl")]
    [InlineData(Trainer.Torchtune, TuningMethod.Qlora, "trl")]
    public void A_method_that_a_program_can_not_do_is_refused(Trainer trainer, TuningMethod method, string instead) => Assert.Contains(
        instead, Assert.Throws<InputException>(() => Script(trainer, candidate => candidate with { Tuning = new(method) })).Message,
        StringComparison.Ordinal);

    /// <summary>Chosen matrices by their modules; the last two of the model's blocks by the names of their parameters.</summary>
    [Fact]
    public void What_is_trained_is_told_in_a_programs_own_names()
    {
        var trl = Script(Trainer.Trl, candidate =>
            candidate with { Tuning = new(TuningMethod.Lora, 8, AdapterTargets.Query | AdapterTargets.Down) });
        Assert.Contains("--lora_target_modules q_proj down_proj", trl.Command, StringComparison.Ordinal);
        Assert.DoesNotContain("load_in_4bit", trl.Command, StringComparison.Ordinal);
        var axolotl = Script(Trainer.Axolotl, candidate =>
            candidate with { Tuning = new(TuningMethod.Freeze, TrainedBlocks: 2) }).Files[0].Text;
        Assert.Contains($@"^model\.layers\.{Llama.Layers - 2}\.", axolotl, StringComparison.Ordinal);
        Assert.Contains($@"^model\.layers\.{Llama.Layers - 1}\.", axolotl, StringComparison.Ordinal);
        Assert.DoesNotContain($@"layers\.{Llama.Layers - 3}\.", axolotl, StringComparison.Ordinal);
    }

    /// <summary>
    /// A loss in chunks and offloading in the names and values of the programs that have them, checked against their tables.
    /// </summary>
    [Theory]
    [InlineData(Trainer.Trl, LossForm.Fused, "--use_liger_kernel true")]
    [InlineData(Trainer.Trl, LossForm.Fused, "{\"fused_linear_cross_entropy\": true, \"cross_entropy\": false, \"rope\": false")]
    [InlineData(Trainer.Trl, LossForm.Chunked, "--loss_type chunked_nll")]
    [InlineData(Trainer.Trl, null, "--activation_offloading true")]
    [InlineData(Trainer.Torchtune, null, "enable_activation_checkpointing=true")]
    [InlineData(Trainer.Torchtune, null, "enable_activation_offloading=true")]
    [InlineData(Trainer.RunClm, LossForm.Fused, "--use_liger_kernel true")]
    [InlineData(Trainer.Axolotl, LossForm.Fused, "liger_fused_linear_cross_entropy: true")]
    [InlineData(Trainer.Axolotl, LossForm.Fused, "- axolotl.integrations.liger.LigerPlugin")]
    public void Long_sequences_are_told_in_a_programs_own_names(Trainer trainer, LossForm? loss, string told)
    {
        var script = Script(trainer, candidate => Long(candidate, loss));
        var text = script.Body("id");
        Assert.Contains(told, text, StringComparison.Ordinal);
        Assert.DoesNotContain(told, Script(trainer).Body("id"), StringComparison.Ordinal);
        Assert.All(script.Settings.All, setting => Table(trainer).Check(setting.Name, TrainerSettings.Text(setting.Value)));
        if (loss == LossForm.Fused)
            Assert.Contains("pip install liger-kernel", text, StringComparison.Ordinal);
    }

    /// <summary>The evaluation that the plan counted, in the names of programs that have it; others say that it was left out.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void An_evaluation_is_set_where_a_program_has_a_batch_of_its_own_for_it(Trainer trainer)
    {
        var script = Script(trainer, candidate => candidate with { EvalBatch = 48 });
        var setting = script.Settings.All.Where(setting => setting.Name.EndsWith("eval_batch_size", StringComparison.Ordinal))
            .Select(setting => (setting.Name, TrainerSettings.Text(setting.Value))).SingleOrDefault();
        Assert.Equal(trainer switch
        {
            Trainer.RunClm or Trainer.Trl => ("per_device_eval_batch_size", "48"),
            Trainer.Axolotl => ("eval_batch_size", "48"),
            _ => default,
        }, setting);
        var note = Assert.Single(script.Notes, note => note.Contains("evaluations of 48 sequences", StringComparison.Ordinal));
        Assert.Equal(setting == default, note.Contains("left out", StringComparison.Ordinal));
        Assert.DoesNotContain("evaluations", Script(trainer).Body("id"), StringComparison.Ordinal);
    }

    /// <summary>TRL takes its loss in chunks unless told otherwise, but beside Liger's kernels (sft_config.py, since v1.7).</summary>
    [Theory]
    [InlineData(null, "nll")]
    [InlineData(LossForm.Chunked, "chunked_nll")]
    [InlineData(LossForm.Fused, null)]
    public void What_is_planned_is_told_where_a_programs_default_is_another(LossForm? loss, string? told) => Assert.Equal(
        told,
        Script(Trainer.Trl, candidate => candidate with { Loss = loss }).Settings.All
            .Where(setting => setting.Name == "loss_type").Select(setting => TrainerSettings.Text(setting.Value)).SingleOrDefault());

    public static TheoryData<Trainer, LossForm?> WithoutLongSequences => new(
        from trainer in Enum.GetValues<Trainer>()
        from loss in new LossForm?[] { LossForm.Chunked, LossForm.Fused, null }
        where !(trainer == Trainer.Trl || (trainer is Trainer.RunClm or Trainer.Axolotl && loss == LossForm.Fused)
            || (trainer == Trainer.Torchtune && loss is null))
        select (trainer, loss));

    [Theory]
    [MemberData(nameof(WithoutLongSequences))]
    public void A_program_that_lacks_them_refuses_with_a_way_out(Trainer trainer, LossForm? loss) => Assert.Contains(
        loss is null ? "--offload none" : "--loss whole",
        Assert.Throws<InputException>(() => Script(trainer, candidate => Long(candidate, loss))).Message, StringComparison.Ordinal);

    /// <summary>A form of the loss, or where there is none activations in the host's memory.</summary>
    private static Candidate Long(Candidate candidate, LossForm? loss) => loss is null
        ? candidate with { Recomputation = Recomputation.Full, Offload = Offload.Activations, HostMemoryBytes = 1e9 }
        : candidate with { Loss = loss, LossChunks = 8 };

    [Fact]
    public void A_name_that_a_program_does_not_have_is_refused() =>
        Assert.Contains("learning_rate", Assert.Throws<InputException>(() => Table(Trainer.Nanogpt).Check("learning_rat", "1")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_trainers_own_configuration_wraps_no_other() =>
        Assert.Contains("--to is accelerate, a trainer's own configuration, allowed with --trainer: skypilot, slurm, torchrun, dstack, "
            + "kubernetes", Assert.Throws<InputException>(() => Written(Trainer.Nanogpt, LaunchFormat.Accelerate)).Message,
            StringComparison.Ordinal);

    private static TrainerTable Table(Trainer trainer) =>
        TrainerTable.Read(Path.Combine(Repository.Profiles, "trainers", TrainerScripts.FileOf(trainer)));

    private static TrainerScript Script(Trainer trainer, Func<Candidate, Candidate>? change = null)
    {
        var job = Job(trainer);
        return TrainerScripts.Write(trainer, change is null ? job : job with { Candidate = change(job.Candidate) }, Table(trainer));
    }

    private static string Written(Trainer trainer, LaunchFormat format) => LaunchFile.Write(
        ExamplePlan.Feasible() with { Recommendation = Job(trainer).Candidate }, format,
        candidate => Script(trainer).For(candidate.PlanId!));

    private static TrainerJob Job(Trainer trainer)
    {
        var shape = trainer switch { Trainer.Nanogpt => Gpt2, Trainer.Nanochat => Nanochat, Trainer.Torchtune => Llama1B, _ => Llama };
        var scheme = trainer switch
        {
            Trainer.Torchtitan or Trainer.Litgpt or Trainer.RunClm => "hsdp",
            Trainer.Nanotron or Trainer.MegatronLm => "zero1",
            Trainer.Torchtune or Trainer.Axolotl => "fsdp_full",
            _ => "ddp",
        };
        var candidate = LaunchFileTests.Plan with
        {
            Model = shape.Name, Parallelism = Scheme.Parse(scheme), SeqLen = 1024,
            Recomputation = trainer is Trainer.Torchtitan or Trainer.MegatronLm or Trainer.RunClm or Trainer.Axolotl ? Recomputation.Full
            : Recomputation.None,
        };
        if (trainer == Trainer.Torchtune)
            candidate = candidate with { Precision = Precision.Bf16Pure, Gpus = 8, Nodes = 1 };
        if (trainer is Trainer.Trl or Trainer.Axolotl or Trainer.Torchtune)
            candidate = candidate with { Tuning =
                new(trainer == Trainer.Trl ? TuningMethod.Qlora : TuningMethod.Lora, 32, AdapterTargets.All) };
        var count = ParameterCount.Of(shape);
        return new(candidate, shape, Rules.Of(count.Total, count.Total - count.Embedding - count.Head, candidate.Tokens,
            candidate.TokensPerStep), 500)
        {
            Samples = candidate.Tuning is null ? null
                : new() { Epochs = 3, Lengths = new([new(300, 40_000)]), Padded = trainer == Trainer.Torchtune },
        };
    }
}
