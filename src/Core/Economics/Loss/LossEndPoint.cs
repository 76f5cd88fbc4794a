namespace SlmPlanner.Core.Economics.Loss;

/// <summary>A published final loss of one training run.</summary>
/// <param name="Id">Unique name of the row.</param>
/// <param name="Dataset">Corpus, split and tokenizer together: losses compare only within one of these.</param>
/// <param name="Family">The series of runs it belongs to.</param>
/// <param name="Optimizer">Optimizer, lower case; laws fitted with AdamW are checked on <c>adamw</c> rows only.</param>
/// <param name="Point">Size and tokens.</param>
/// <param name="Loss">Loss in nats per token.</param>
/// <param name="Source">Where it was published.</param>
public sealed record LossEndPoint(
    string Id, string Dataset, string Family, string Optimizer, TrainingPoint Point, double Loss, string Source);
