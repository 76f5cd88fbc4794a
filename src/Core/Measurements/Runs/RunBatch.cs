namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>How many tokens a step has and on how many devices, from what is stated; each follows from others where it must.</summary>
/// <param name="Gpus">Devices.</param>
/// <param name="SeqLen">Tokens per sequence.</param>
/// <param name="Sequences">Sequences per step.</param>
/// <param name="TokensPerStep">Tokens per step.</param>
/// <param name="ModelRanks">Devices that share one sequence: tensor · pipeline · context.</param>
internal sealed record RunBatch(int? Gpus, int? SeqLen, double? Sequences, double? TokensPerStep, int ModelRanks)
{
    private const double WholeWithin = 1e-6;

    /// <summary>The batch of a run.</summary>
    public static RunBatch Of(RunLog log, SteadyState steady)
    {
        var facts = log.Facts;
        var model = (facts.Count(RunField.Tensor) ?? 1) * (facts.Count(RunField.Pipeline) ?? 1) * (facts.Count(RunField.Context) ?? 1);
        double? micro = facts.Count(RunField.MicroBatch), accumulation = facts.Count(RunField.GradAccum),
            sequenceLength = facts.Count(RunField.SeqLen);
        double? printed = double.IsFinite(steady.Batch) ? steady.Batch : null;
        var sequences = facts.TryGet(RunField.GlobalBatch, out var said) && said.Source == FactSource.Option
            ? facts.Number(RunField.GlobalBatch) : printed ?? facts.Number(RunField.GlobalBatch);
        var tokens = facts.Number(RunField.TokensPerStep);
        double? gpus = facts.Count(RunField.Gpus) ?? facts.Count(RunField.Nodes) * facts.Count(RunField.GpusPerNode);
        sequences ??= tokens / sequenceLength ?? Whole(log.CountedSamplesPerStep);
        if (!log.HasUntoldSplits || model > 1)
        {
            gpus ??= Whole(sequences / (micro * accumulation) * model);
            sequences ??= micro * accumulation * (gpus / model);
        }
        tokens ??= sequences * sequenceLength;
        if (double.IsFinite(log.CountedTokensPerStep))
            tokens ??= log.CountedTokensPerStep;
        if (log.RateCountsAll)
            tokens ??= Implied(log, steady, gpus);
        return new((int?)gpus, (int?)sequenceLength, sequences, tokens, model);
    }

    /// <summary>Tokens of a step where a log prints both its seconds and its rate.</summary>
    public static double? Implied(RunLog log, SteadyState steady, double? gpus)
    {
        double[] products =
        [
            .. steady.Steady.Select(index => (double)log.Steps[index].Seconds * log.Steps[index].Rate).Where(double.IsFinite).Order(),
        ];
        if (products.Length == 0)
            return null;
        var product = MedianBand.At(products, 0.5);
        return log.Rate switch
        {
            RateKind.Tokens => product,
            RateKind.TokensPerGpu => product * gpus,
            _ => null,
        };
    }

    private static double? Whole(double? count) =>
        count is { } number && number >= 1 && number < 1e6 && Math.Abs(number - Math.Round(number)) < WholeWithin * number
            ? Math.Round(number) : null;
}
