using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Planner.Options;

namespace SlmPlanner.Planner.Requests;

/// <summary>The batch that a person states, in tokens or in sequences.</summary>
internal static class StatedBatch
{
    private const string Label = "--global-batch";
    private static readonly string[] Suffixes = ["sequences", "seqs", "seq"];

    /// <summary>
    /// Adds the batch to a run's facts. A number is tokens, as in plans; one that is too small for a single sequence, or for one on each
    /// device, can't be and is sequences.
    /// </summary>
    /// <returns>What was understood, where that needs a word.</returns>
    /// <exception cref="InputException">It is no amount.</exception>
    public static string? Add(string? text, RunFacts said, RunFacts known)
    {
        if (text is null)
            return null;
        var amount = text.Trim();
        if (Suffixes.FirstOrDefault(suffix => amount.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) is { } named)
        {
            said.Set(RunField.GlobalBatch, Read(amount[..^named.Length]), FactSource.Option, Label);
            return null;
        }
        var number = Read(amount);
        var sequence = said.Number(RunField.SeqLen) ?? known.Number(RunField.SeqLen) ?? 1;
        var devices = said.Number(RunField.Gpus) ?? known.Number(RunField.Gpus) ?? 1;
        var model = (known.Number(RunField.Tensor) ?? 1) * (known.Number(RunField.Pipeline) ?? 1) * (known.Number(RunField.Context) ?? 1);
        if (number >= sequence * Math.Max(1, devices / model))
        {
            said.Set(RunField.TokensPerStep, number, FactSource.Option, Label);
            return null;
        }
        said.Set(RunField.GlobalBatch, number, FactSource.Option, Label);
        return $"{Label} {text} is too few tokens for a step and is taken as sequences; write {text}seqs to say so.";
    }

    private static double Read(string text) =>
        Quantity.Scaled(text.Trim()) is { } number and > 0 ? number
            : throw new InputException($"{Label} is '{text}', expected tokens such as 512K or sequences such as 256seqs");
}
