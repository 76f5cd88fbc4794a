using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Probes;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Findings on measuring before renting.</summary>
internal static class ProbeFindingWords
{
    /// <summary>The sentence; null for a finding on another subject.</summary>
    public static string? Of(Finding finding) => finding switch
    {
        ProbingDoesNotPay { CheapestUsd: null } =>
            "Nothing can be measured before renting: every offer is rented for a whole term.",
        ProbingDoesNotPay { RegretUsd: <= 0 } =>
            "Measuring first is not worth it: no other choice is likely to turn out better, whatever a probe shows.",
        ProbingDoesNotPay none =>
            $"Measuring first is not worth it. The choice made now is expected to cost {Readable.Usd(none.RegretUsd)} more than the best "
            + $"one in hindsight, and no probe (the cheapest costs {Readable.Usd(none.CheapestUsd!.Value)}) saves what it costs.",
        ProbingPays pays =>
            $"Measure first: {Count(pays.Probes)} for {Readable.Usd(pays.CostUsd)} {(pays.Probes == 1 ? "is" : "are")} expected to save "
            + $"{Saved(pays)}.",
        ProbeErrorUnproven error =>
            $"How exact a probe is ({Readable.Percent(error.LogError)} standard deviation) was measured on CPUs. No GPU has run the "
            + "calibrator yet.",
        _ => null,
    };

    private static string Count(int probes) => probes == 1 ? "one probe" : $"{probes} probes";

    private static string Saved(ProbingPays pays) => pays switch
    {
        { SavingUsd: > 0, SavingHours: > 0 } => $"{Readable.Usd(pays.SavingUsd)} and {Readable.Hours(pays.SavingHours)}",
        { SavingUsd: > 0, SavingHours: < 0 } =>
            $"{Readable.Usd(pays.SavingUsd)}, for a run {Readable.Hours(-pays.SavingHours)} longer",
        { SavingUsd: > 0 } => Readable.Usd(pays.SavingUsd),
        _ => $"{Readable.Hours(pays.SavingHours)} for {Readable.Usd(-pays.SavingUsd)} more rent",
    };
}
