using System.Text.Json.Serialization;
using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Training;
using SlmPlanner.Presentation.CommandLine;
using static SlmPlanner.Presentation.CommandLine.CommandOption;
using static SlmPlanner.Presentation.CommandLine.OptionGroup;

namespace SlmPlanner.Planner.Options;

/// <summary>What a request may say of fine-tuning. Any of them means <c>--task finetune</c>.</summary>
internal static class FineTuningOptions
{
    public static readonly CommandOption<TrainingTask?> Task = Optional(
        "task", Values.Choice<TrainingTask>(), "train on raw text, from the start or on from a base model; or fine-tune a base model on "
            + "samples") with
    {
        Group = What, Example = "finetune", Default = "pretrain; finetune with any option of it", Field = new("Task"),
    };

    public static readonly CommandOption<TuningMethod?> Method = Optional(
        "method", Values.Choice<TuningMethod>(), "what fine-tuning trains: all, adapters beside frozen 16-bit or 4-bit weights, or the "
            + "last blocks") with
    {
        Group = What, Example = "qlora", Default = "full; lora with --rank, --targets or --base-bits", Field = new("Fine-tuning method"),
    };

    public static readonly CommandOption<int?> Rank =
        Optional("rank", Amounts.Count("NUMBER").Within(RequestRanges.Rank), "rank of adapters") with
    {
        Group = What, Example = "32", Default = "16", Field = new("Rank of adapters"),
    };

    public static readonly CommandOption<AdapterTargets?> Targets = Optional(
        "targets", new ValueKind<AdapterTargets>("LIST", ReadTargets, AdapterTargetsText.Write),
        "matrices with adapters: q,k,v,o,gate,up,down, or attention, feed_forward, all") with
    {
        Group = What, Example = "q,v", Default = "all", Field = new("Matrices with adapters"),
    };

    public static readonly CommandOption<int?> BaseBits =
        Optional("base-bits", Values.Whole("BITS").Within(4, 16), "bits of frozen weights: 16, 8 or 4") with
    {
        Group = What, Example = "8", Default = "16; 4 with qlora", Field = new("Bits of frozen weights"),
    };

    public static readonly CommandOption<int?> TrainedBlocks = Optional(
        "trained-blocks", Amounts.Count("COUNT").Within(RequestRanges.TrainedBlocks), "last blocks that method freeze trains") with
    {
        Group = What, Example = "4", Default = "2", Field = new("Blocks that are trained"),
    };

    public static readonly CommandOption<double?> Samples = Optional(
        "samples", Amounts.Tokens.Within(RequestRanges.Samples) with { Word = "COUNT" },
        "samples of fine-tuning, instead of --tokens; needs --lengths") with
    {
        Group = What, Example = "50K", Default = "as many as --lengths counts", Field = new("Samples"),
    };

    public static readonly CommandOption<string?> Lengths = Text(
        "lengths", "FILE|HISTOGRAM",
        "how long samples are: tokens:count,… or a file (.jsonl with lengths, input_ids or texts, .csv with the column length, one "
        + "length a line)") with
    {
        Group = What, Example = "256:4000,1024:800", Field = new("Lengths of samples") { Subjects = ["lengths"] },
    };

    public static readonly CommandOption<double?> Epochs = Optional(
        "epochs", Values.Number("NUMBER").Within(RequestRanges.Epochs), "times that the samples are gone over") with
    {
        Group = What, Example = "3", Default = "1", Field = new("Epochs"),
    };

    public static readonly CommandOption<SampleLayout?> Packing = Optional(
        "packing", Values.Choice<SampleLayout>(), "join samples into full sequences, or pad each to the longest of its micro-batch") with
    {
        Group = What, Example = "padded", Default = "packed", Field = new("Samples in a sequence"),
    };

    public static readonly IReadOnlyList<CommandOption> All =
        [Task, Method, Rank, Targets, BaseBits, TrainedBlocks, Samples, Lengths, Epochs, Packing];

    private static AdapterTargets ReadTargets(string option, string text)
    {
        try
        {
            return AdapterTargetsText.Parse(text);
        }
        catch (InputException exception)
        {
            throw new InputException($"{option}: {exception.Message}", exception);
        }
    }
}

/// <summary>How samples become sequences.</summary>
internal enum SampleLayout
{
    /// <summary>Several samples in one sequence.</summary>
    [JsonStringEnumMemberName("packed")] Packed,

    /// <summary>Each sample a sequence of its own, filled up to the longest of its micro-batch.</summary>
    [JsonStringEnumMemberName("padded")] Padded,
}
