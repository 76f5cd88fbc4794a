using System.Globalization;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Export;

/// <summary>The settings of a candidate as names and values, under the keys of the plan's JSON.</summary>
internal static class PlanFacts
{
    /// <summary>The environment variable in which a run finds the id of its plan.</summary>
    public const string IdVariable = "SLM_PLAN_ID";

    /// <summary>The plan's id and all that a launch depends on, in order.</summary>
    public static IReadOnlyList<(string Key, string Value)> Of(Candidate candidate) =>
    [
        ("plan_id", candidate.PlanId!),
        ("model", candidate.Model),
        ("tokens", candidate.Tokens.ToString("F0", CultureInfo.InvariantCulture)),
        ("provider", candidate.Provider),
        ("instance_type", candidate.InstanceType),
        ("region", candidate.Region),
        ("gpu", candidate.Gpu),
        ("nodes", Text(candidate.Nodes)),
        ("gpus_per_node", Text(candidate.GpusPerNode)),
        ("gpus", Text(candidate.Gpus)),
        ("parallelism", candidate.Parallelism.ToString()),
        ("micro_batch", Text(candidate.MicroBatch)),
        ("grad_accum", Text(candidate.GradAccum)),
        ("seq_len", Text(candidate.SeqLen)),
        ("precision", DeclaredName.Of(candidate.Precision)),
        ("gradient_reduce_bytes", Text((int)Bytes(candidate).Reduce)),
        ("attention", DeclaredName.Of(candidate.Attention)),
        ("recomputation", DeclaredName.Of(candidate.Recomputation)),
        .. LongSequences(candidate),
        .. candidate.EvalBatch is { } sequences ? [("eval_batch", Text(sequences))] : Array.Empty<(string, string)>(),
        ("compile", candidate.Compile ? "true" : "false"),
        .. candidate.Tuning is { } tuning ? Facts(tuning) : [],
        .. candidate.Optimizer is { } optimizer ? [("optimizer", DeclaredName.Of(optimizer))] : Array.Empty<(string, string)>(),
    ];

    /// <summary>A loss in chunks and what waits in the host's memory; nothing of a plan that has neither.</summary>
    private static IEnumerable<(string Key, string Value)> LongSequences(Candidate candidate)
    {
        if (candidate is { Loss: { } loss, LossChunks: { } chunks })
        {
            yield return ("loss", DeclaredName.Of(loss));
            yield return ("loss_chunks", Text(chunks));
        }
        if (candidate.Offload is { } offload)
            yield return ("offload", DeclaredName.Of(offload));
    }

    /// <summary>How a base model is trained further.</summary>
    private static IEnumerable<(string Key, string Value)> Facts(Tuning tuning)
    {
        yield return ("method", DeclaredName.Of(tuning.Method));
        if (tuning.HasAdapters)
        {
            yield return ("rank", Text(tuning.Rank));
            yield return ("targets", AdapterTargetsText.Write(tuning.Targets).Replace('+', ','));
            yield return ("base_bits", Text(tuning.FrozenBits));
        }
        else if (tuning.Freezes)
        {
            yield return ("trained_blocks", Text(tuning.TrainedBlocks));
        }
    }

    /// <summary>Bytes of what the plan keeps and sends: the same as those that its time and memory were worked out with.</summary>
    public static ElementBytes Bytes(Candidate candidate) =>
        ElementBytes.Of(candidate.Precision, candidate.Parallelism.On(candidate.Gpus, candidate.GpusPerNode).Sharded);

    /// <summary>
    /// The facts and the recipe as comment lines, <c># key: value</c>, with where the recipe comes from; line ends inside values become
    /// spaces.
    /// </summary>
    public static string Comments(Launch launch) =>
        "# Written by slm-plan export. The plan:\n"
        + string.Concat(Of(launch.Candidate).Select(fact => $"# {fact.Key}: {OneLine(fact.Value)}\n"))
        + (launch.Recipe is null ? "" : "# The recipe that it takes, for AdamW:\n"
            + string.Concat(RecipeFacts.Of(launch.Recipe).Select(fact => $"# {fact.Key}: {fact.Value}\n"))
            + string.Concat(RecipeNotes.Of(launch.Recipe).Select(note => $"# {note}\n")));

    /// <summary>The facts and the recipe that a training script needs, as <c>--key value</c>, quoted for a shell.</summary>
    public static string ScriptArguments(Launch launch) => string.Join(
        ' ',
        Of(launch.Candidate)
            .Where(fact => fact.Key is "model" or "tokens" or "parallelism" or "micro_batch" or "grad_accum" or "seq_len"
                or "precision" or "attention" or "recomputation" or "compile" or "optimizer"
                or "loss" or "loss_chunks" or "offload" or "eval_batch"
                or "method" or "rank" or "targets" or "base_bits" or "trained_blocks")
            .Concat(RecipeFacts.Of(launch.Recipe))
            .Select(fact => $"--{fact.Key.Replace('_', '-')} {ShellText.Quote(fact.Value)}"));

    /// <summary>The line of a shell script that hands the plan's id to what it starts.</summary>
    public static string ExportId(Candidate candidate) => $"export {IdVariable}={ShellText.Quote(candidate.PlanId!)}";

    private static string OneLine(string value) => new([.. value.Select(character => char.IsControl(character) ? ' ' : character)]);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
