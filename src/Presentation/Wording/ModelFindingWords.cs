using System.Globalization;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Models;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Findings on models.</summary>
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
        _ => null,
    };
}
