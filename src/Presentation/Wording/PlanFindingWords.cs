using System.Globalization;
using SlmPlanner.Core.Economics.Batch;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Core.Economics.Renting;
using SlmPlanner.Core.Economics.Risk;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Answers;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Planning.Scheduling;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Findings on plans and schedules: limits, hardware, batch, loss, spot.</summary>
internal static class PlanFindingWords
{
    /// <summary>The sentence; null for a finding on another subject.</summary>
    public static string? Of(Finding finding) => finding switch
    {
        DefaultDeadline { Kept: true } limit =>
            $"No deadline was given: a run of at most {Readable.Hours(limit.Hours)} is assumed (--deadline, or the setting"
                + $" longest_run_days);"
            + " the Pareto front shows longer and shorter ones.",
        DefaultDeadline limit =>
            $"No deadline was given, and nothing finishes within the {Readable.Hours(limit.Hours)} assumed:"
            + " the cheapest plan is recommended however long it takes.",
        MultiNodeLeftOut network =>
            $"{network.Offers} offers state no network between machines: only single machines of them were considered.",
        OutOfReach { Access.Way: WayToRent.Reservation } booked =>
            $"{AccessWords.Booked(booked.Access)}, which is no answer unless you ask for it: {MachineWords.Of(booked.Machines)},"
                + $" {Readable.Usd(booked.CostUsd)} in {Readable.Hours(booked.Hours)} (--rent-by on-demand,reservation).",
        OutOfReach better =>
            $"Better, but not to be had without {AccessWords.Needs(better.Access)}: {MachineWords.Of(better.Machines)},"
                + $" {Readable.Usd(better.CostUsd)} in {Readable.Hours(better.Hours)} (--quota, --rent-by).",
        NetworkAssumed network =>
            $"{network.Provider} states no network for {network.InstanceType}: {Readable.Number(network.GbitS)} Gbit/s per machine is"
                + " assumed, as you asked. Ask the provider before you pay.",
        NoDatasheet device =>
            $"No datasheet at hand states matrix-multiply rate and memory bandwidth of {string.Join(", ", device.Gpus)}: their"
                + $" offers were left out.",
        DeviceNotMeasured device =>
            $"No measured run on {device.Gpu} is among the {device.Rows} rows of the fit: its speed follows from its datasheet, and"
                + $" its interval is wider for it.",
        AboveMeasured above => Of(above),
        ShortRunTells tells => Of(tells.Run),
        InputsOpen open => OpenInputWords.Of(open.Inputs),
        GlobalBatchAdjusted batch => Of(batch),
        DataRepeated data =>
            $"The data is gone over {Readable.Number(data.Epochs)} times: {Readable.Count(data.UniqueTokens)} unique tokens are worth "
            + $"{Readable.Count(data.WorthTokens)} new"
                + $" ones then, and a token of the last pass {Readable.Percent(data.NextWorth)} of a new one."
                + (data.Epochs > Repetition.MostEpochs ? " So many passes may raise the loss: find more data or train on fewer tokens."
                    : ""),
        BatchAboveCritical or BatchLawExtrapolates or LossOutsideRange or LossOverTrained => OfTraining(finding),
        SpotInterruptionsAssumed spot =>
            $"No interruption data of {spot.Provider} is known: {Readable.Number(spot.PerNodeHour.Value)} interruptions per"
                + $" machine-hour are {DeclaredName.Of(spot.PerNodeHour.Kind)}.",
        SpotOrOnDemand rental => Of(rental),
        OwnOrRented both => $"Your own machines at their best: {Of(both.Own)}. For rent at their best: {Of(both.Rented)}.",
        EvaluationDecidesMemory peak => EvaluationWords.Of(peak.Evaluation, peak.PeakBytes),
        ScheduleSummary schedule =>
            $"{schedule.Scheduled} of {schedule.Jobs} jobs end within {Minutes(schedule.MakespanMinutes)}; no schedule of them ends"
                + $" before {Minutes(schedule.BoundMinutes)}"
            + (schedule.Optimal
                ? ", and no other choice of jobs is worth more."
                : "; the search stopped before it could prove the choice best."),
        JobLeftOut job => $"Job {job.Job} is left out: {Why(job)}.",
        _ => null,
    };

    /// <summary>Why a job is left out of a schedule.</summary>
    public static string Why(JobLeftOut job)
    {
        if (job.Fastest is not { } fastest)
            return "it fits no number of these devices in memory";
        var alone = $"alone on {fastest.Gpus} devices, its fastest, it takes {Minutes(fastest.Minutes)} of the"
            + $" {Minutes(job.HorizonMinutes)} at hand";
        return fastest.Minutes > job.HorizonMinutes ? alone : $"{alone}, and the jobs chosen are worth more together";
    }

    private static string? OfTraining(Finding finding) => finding switch
    {
        BatchAboveCritical batch => string.Create(CultureInfo.InvariantCulture,
            $"A global batch of {batch.BatchTokens:N0} tokens is above the critical batch of about {batch.CriticalTokens:N0} for"
                + $" {batch.TrainingTokens / 1e9:0.##} B tokens: it needs about {batch.Overhead:P0} more tokens for the same loss"
                + $" than a small batch. Fewer devices, a smaller micro-batch or less accumulation bring it to"
                + $" {batch.RecommendedTokens:N0}."),
        BatchLawExtrapolates law => string.Create(CultureInfo.InvariantCulture,
            $"The critical batch is extrapolated: its law rests on runs of {law.LeastTokens / 1e9:0} B to {law.MostTokens / 1e9:0} B"
                + $" tokens."),
        LossOutsideRange loss => string.Create(CultureInfo.InvariantCulture,
            $"No expected loss: {loss.Law} rests on runs of {loss.Range.ParametersMin / 1e6:0} M to"
                + $" {loss.Range.ParametersMax / 1e9:0} B parameters and {loss.Range.TokensMin / 1e9:0} to"
                + $" {loss.Range.TokensMax / 1e9:0} B tokens; this is {loss.Point.Parameters / 1e6:0} M on"
                + $" {loss.Point.Tokens / 1e9:0.##} B."),
        LossOverTrained loss => string.Create(CultureInfo.InvariantCulture,
            $"{loss.TokensPerParameter:0} tokens per parameter is far beyond the {loss.Trusted:0} up to which the scaling law is"
                + $" trusted; the real loss may lie above the interval."),
        _ => null,
    };

    private static string Of(ShortRun run) =>
        $"{run.Steps} steps of your own code on 1 × {run.Gpu}, about {Readable.Usd(run.CostUsd)}, would narrow the cost interval from"
        + $" ±{Readable.Percent(run.HalfWidth)} to ±{Readable.Percent(run.HalfWidthAfter)}: run them, and let slm-plan learn read the log.";

    private static string Of(AboveMeasured above)
    {
        var where = above.SameDevice ? $"{above.Gpu} ({above.Rows} rows)" : $"any device ({above.Rows} rows, none of {above.Gpu})";
        return $"The predicted utilisation of {Readable.Percent(above.Mfu)} is above {Readable.Percent(above.MostMeasured)}, the"
            + $" most measured on {where}."
            + $" At that the run would take {Readable.Hours(above.Hours)} and cost {Readable.Usd(above.CostUsd)}: measure a short"
            + $" run before renting for long.";
    }

    private static string Of(GlobalBatchAdjusted batch)
    {
        var ratio = batch.Tokens / batch.AskedTokens;
        return $"The global batch is {Readable.Count(batch.Tokens)} tokens, {Readable.Percent(Math.Abs(ratio - 1))} "
            + $"{(ratio > 1 ? "above" : "below")}"
            + $" the {Readable.Count(batch.AskedTokens)} asked for, since whole sequences must divide over {batch.Gpus} GPUs.";
    }

    private static string Of(SpotOrOnDemand rental)
    {
        var (choice, confidence) = (rental.Choice, Readable.Percent(rental.Confidence));
        return $"{(choice.Spot ? "Spot" : "On demand")} for these machines: spot is expected to cost {Of(choice.Interruptible, confidence)}"
            + $" with {Readable.Number(choice.Interruptible.Expected.Stops)} stops, on demand {Of(choice.OnDemand, confidence)}"
            + (choice.OnDemand.Kept == choice.Interruptible.Kept
                ? "."
                : $"; only {(choice.Interruptible.Kept ? "spot" : "on demand")} keeps the limits.");
    }

    private static string Of(in RentalWay way, string confidence) =>
        $"{Readable.Usd(way.Expected.CostUsd)} in {Readable.Hours(way.Expected.Hours)} ({confidence} sure of"
            + $" {Readable.Usd(way.Limit.CostUsd)} and {Readable.Hours(way.Limit.Hours)})";

    private static string Of(RunOnMachines run) =>
        $"{MachineWords.Of(run.Machines)}, {Readable.Usd(run.CostUsd)} in"
            + $" {Readable.Hours(run.Hours)}{(run.Feasible ? "" : ", which misses the limits")}";

    private static string Minutes(int minutes) => Readable.Hours(minutes / 60.0);
}
