using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Probes;

/// <summary>The probes that were weighed, the most useful first.</summary>
internal static class ProbeTable
{
    /// <summary>All of them, for programs.</summary>
    public static Listing<Probe> All(ProbePlan plan) => Of(plan, plan.Probes);

    /// <summary>Those that may change the choice, for people.</summary>
    public static Listing<Probe> Telling(ProbePlan plan) => Of(plan, [.. plan.Probes.Where(probe => probe.ChangeProbability > 0)]);

    /// <summary>The devices whose measurement would not change the choice, in a sentence; empty without any.</summary>
    public static string Silent(ProbePlan plan)
    {
        string[] gpus = [.. plan.Probes.Where(probe => probe.ChangeProbability == 0).Select(probe => probe.Gpu).Distinct()];
        return gpus.Length == 0 ? "" : $"Measuring one of these would not change the choice: {string.Join(", ", gpus)}.";
    }

    private static Listing<Probe> Of(ProbePlan plan, IReadOnlyList<Probe> probes)
    {
        var bought = plan.Portfolio.ToHashSet();
        return new("probes", $"What to measure before renting {plan.ChosenNow} ({Readable.Usd(plan.CostUsd)}, "
            + $"{Readable.Hours(plan.Hours)}); savings are of a choice after that probe alone",
            probes,
            new ListingColumn<Probe>("offer", "Machine", probe => probe.Offer),
            new("take", "Take", probe => bought.Contains(probe), probe => bought.Contains(probe) ? "yes" : "no"),
            new("minutes", "Minutes", probe => probe.Minutes, IsNumber: true),
            new("cost_usd", "Costs", probe => probe.CostUsd, probe => Readable.Usd(probe.CostUsd), IsNumber: true),
            new("expected_saving_usd", "Saves", probe => probe.ExpectedSavingUsd, probe => Readable.Usd(probe.ExpectedSavingUsd),
                IsNumber: true),
            new("expected_saving_h", "Saves, h", probe => probe.ExpectedSavingH, probe => Readable.Number(probe.ExpectedSavingH),
                IsNumber: true),
            new("change_probability", "Changes the choice", probe => probe.ChangeProbability,
                probe => Readable.Percent(probe.ChangeProbability), IsNumber: true) { IsOptional = true });
    }
}
