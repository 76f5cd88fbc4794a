namespace SlmPlanner.Core.Economics.Loss;

/// <summary>How far a law is from the published losses of one dataset and tokenizer.</summary>
/// <param name="Dataset">Corpus, split and tokenizer.</param>
/// <param name="Rows">Rows checked: AdamW runs inside the law's range.</param>
/// <param name="RawNats">Mean absolute error of the law as it is, nats per token.</param>
/// <param name="OffsetNats">Mean of predicted minus published: what the dataset and tokenizer shift.</param>
/// <param name="HeldOutNats">
/// Mean absolute error after a constant offset fitted to the dataset's other rows (leave one out); null below two rows.
/// </param>
/// <param name="HeldOutRelative">The same as a share of the published loss.</param>
/// <param name="Covered">Share of held-out errors inside the law's own 90 % interval; null below two rows.</param>
public sealed record LossError(
    string Dataset, int Rows, double RawNats, double OffsetNats, double? HeldOutNats, double? HeldOutRelative, double? Covered);
