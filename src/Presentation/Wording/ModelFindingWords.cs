using System.Globalization;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Findings on models and how they are tuned.</summary>
internal static class ModelFindingWords
{
    /// <summary>The sentence; null for a finding on another subject.</summary>
    public static string? Of(Finding finding) => finding switch
    {
        ReadByFields read => string.Create(CultureInfo.InvariantCulture,
            $"The model type \"{read.Type}\" is not known: it was read as a dense decoder of these sizes, {read.Parameters:N0} parameters."
                + $" Check that against the published count."),
        TowersLeftOut towers => string.Create(CultureInfo.InvariantCulture,
            $"Only the decoder is counted, {towers.Parameters:N0} parameters: {towers.Members} is left out."),
        ExpertsNotMeasured experts => string.Create(CultureInfo.InvariantCulture,
            $"{experts.Active / 1e9:0.##} B of {experts.Parameters / 1e9:0.##} B parameters work for a token. No measured run had experts:"
                + $" how much slower they are than dense layers is assumed, so the interval of the time is wider. What loss they reach is"
                + $" not known."),
        RecurrencesNotMeasured =>
            "No measured run had state spaces or other recurrences: their time is assumed, within a factor of about 3, so the interval"
                + " of the time is wide. The expected loss is that of transformers.",
        ExpertParallelNotMeasured experts =>
            $"{experts.Ranks} ranks share the experts. No measured run did that: the bytes between them are counted, how long they take is"
                + $" assumed within a factor of about 2, and the interval is wide. The fullest rank is"
                + $" {(experts.Assumed ? "assumed" : "stated")} to get {Readable.Number(experts.Imbalance)} times the mean "
                + $"(--expert-imbalance).",
        FineTuningNotFitted tuned => string.Create(CultureInfo.InvariantCulture,
            $"{Readable.Count(tuned.Trained)} of {Readable.Count(tuned.Parameters)} parameters are trained"
                + $" ({DeclaredName.Of(tuned.Method)}, {Readable.Percent((double)tuned.Trained / tuned.Parameters)}). No run beside "
                + $"frozen weights is in"
                + $" the fit of speeds: what they save and what adapters add is counted, and the interval is wider for it."),
        FrozenModelShared shared =>
            $"{shared.Parallelism} shares a model whose weights are frozen. No measured run did both: what each rank keeps and sends is"
                + $" counted{(shared.HasFrozenStages ? ", stages without a trained block as forward passes alone" : "")}. Run a few steps"
                + " before you pay for all.",
        PipelineMayStall pipeline => StallWords.Of(pipeline),
        ListedPipelinesMayStall pipelines => StallWords.Of(pipelines),
        SamplesCounted samples =>
            $"{Readable.Count(samples.Samples)} samples{(samples.Epochs == 1 ? "" : $" in {Readable.Number(samples.Epochs)} epochs")} are"
                + $" {Readable.Count(samples.Tokens)} tokens."
                + (samples.Estimated ? " They were estimated at four characters a token: count them with the model's tokenizer before "
                    + "you pay." : ""),
        PositionsWasted { Padded: true } waste =>
            $"{Readable.Percent(waste.Share)} of what is computed is padding, at {waste.MicroBatch} samples a micro-batch; packed it "
            + $"would be"
                + $" {Readable.Percent(waste.PackedShare)} (--packing packed).",
        PositionsWasted waste => $"{Readable.Percent(waste.Share)} of what is computed is empty: samples of these lengths do not fill a "
            + $"sequence.",
        SamplesCut cut =>
            $"{Readable.Percent(cut.Share)} of the samples are longer than a sequence of {Readable.Whole(cut.SeqLen)} tokens and are "
            + $"cut; the longest has"
                + $" {Readable.Whole(cut.Longest)} (--seq-len).",
        _ => null,
    };
}
