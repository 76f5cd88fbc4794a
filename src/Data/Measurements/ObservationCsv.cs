using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Measurements;

/// <summary>
/// Writes observations as a file with the columns of <c>measured.csv</c>, which <see cref="MeasurementCsv"/> reads. What has no column (the
/// time of every step, versions, the machine's fingerprint, the form of the loss, offloading) is in JSON lines alone.
/// </summary>
public static class ObservationCsv
{
    /// <summary>The header and a line for each.</summary>
    public static string Text(IEnumerable<Observation> observations)
    {
        var text = new StringBuilder().AppendJoin(',', MeasurementColumns.Names).Append('\n');
        foreach (var observation in observations)
        {
            var fields = Fields(observation);
            text.AppendJoin(',', MeasurementColumns.Names.Select(name => PlainValue.Csv(fields[name]))).Append('\n');
        }
        return text.ToString();
    }

    private static Dictionary<string, object?> Fields(Observation seen) => new()
    {
        ["id"] = seen.Name,
        ["source"] = seen.From.Source,
        ["date"] = seen.From.Date,
        ["stack"] = seen.Stack.Name,
        ["model_name"] = seen.Model.Name,
        ["params"] = seen.Model.Parameters,
        ["n_layers"] = seen.Model.Layers,
        ["d_model"] = seen.Model.DModel,
        ["n_heads"] = seen.Model.Heads,
        ["n_kv_heads"] = seen.Model.KvHeads,
        ["d_ffn"] = seen.Model.DFfn,
        ["ffn_kind"] = Word(seen.Model.FfnKind),
        ["vocab"] = seen.Model.Vocab,
        ["tied_embeddings"] = YesNo(seen.Model.TiedEmbeddings),
        ["n_experts"] = seen.Model.Experts?.Count,
        ["experts_per_token"] = seen.Model.Experts?.PerToken,
        ["d_expert"] = seen.Model.Experts?.Width,
        ["d_shared_experts"] = seen.Model.Experts?.SharedWidth,
        ["dense_layers"] = seen.Model.Experts?.DenseLayers,
        ["window"] = seen.Model.Windows?.Tokens,
        ["full_every"] = seen.Model.Windows?.FullEvery,
        ["seq_len"] = seen.Recipe.SeqLen,
        ["gpu"] = seen.Machine.Gpu,
        ["n_gpus"] = seen.Machine.Gpus,
        ["gpus_per_node"] = seen.Machine.GpusPerNode,
        ["inter_node_gbit_s"] = seen.Machine.InterNodeGbitS,
        ["precision"] = seen.Recipe is { MayBePure: true, Precision: Precision.Bf16Mixed } ? "bf16"
            : seen.Recipe is { IsPureFp16: true, Precision: Precision.Bf16Pure } ? "fp16-pure" : Word(seen.Recipe.Precision),
        ["attention"] = seen.Recipe.AttentionKernel ?? Word(seen.Recipe.Attention),
        ["parallelism"] = seen.Mesh.Scheme?.ToString(),
        ["zero1_ranks"] = seen.Mesh.Zero1Ranks,
        ["micro_batch_per_gpu"] = seen.Recipe.MicroBatch,
        ["grad_accum"] = seen.Recipe.GradAccum,
        ["eval_batch"] = seen.Recipe.EvalBatch,
        ["activation_checkpointing"] = Word(seen.Recipe.Recomputation),
        ["compile"] = YesNo(seen.Stack.Compile),
        ["optimizer"] = seen.Recipe.Optimizer,
        ["method"] = Word(seen.Recipe.Tuning?.Method),
        ["rank"] = seen.Recipe.Tuning?.Rank,
        ["targets"] = seen.Recipe.Tuning is { } way ? AdapterTargetsText.Write(way.Targets) : null,
        ["base_bits"] = seen.Recipe.Tuning is { BaseBits: > 0 } tuning ? tuning.BaseBits : null,
        ["tokens_per_sec_per_gpu"] = seen.TokensPerSecondPerGpu,
        ["peak_mem_gb"] = seen.Memory?.PeakGib,
        ["peak_mem_unit"] = seen.Memory?.PeakGib is null ? null : "GiB",
        ["peak_mem_kind"] = Word(seen.Memory?.Kind),
        ["device_mem_gib"] = seen.Machine.MemoryGib,
        ["fits"] = Word(seen.Memory?.Fits),
        ["left_out"] = seen.LeftOut,
        ["best_of"] = seen.BestOf,
        ["notes"] = seen.Notes,
    };

    private static string? Word<T>(T? value) where T : struct, Enum => value is { } member ? DeclaredName.Of(member) : null;

    private static string? YesNo(bool? value) => value is { } truth ? truth ? "yes" : "no" : null;
}
