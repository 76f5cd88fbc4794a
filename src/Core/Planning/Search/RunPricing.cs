using System.Runtime.CompilerServices;
using MathNet.Numerics.Distributions;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Planning.Requests;

namespace SlmPlanner.Core.Planning.Search;

/// <summary>
/// Turns step times into the hours and dollars of whole runs on one offer. Pricing allocates nothing. What the search calls most is kept
/// out of line: all in one frame takes a tenth longer.
/// </summary>
/// <param name="runs">Start-up, checkpoints, failures and interruptions.</param>
/// <param name="machines">The run but for its steps and its data.</param>
/// <param name="dataUsdPerTokenHour">USD per hour and token of the data set for storing it.</param>
public sealed class RunPricing(RunModel runs, RunDemand machines, double dataUsdPerTokenHour)
{
    /// <summary>Bisections that bring the most tokens within a billionth.</summary>
    private const int Bisections = 48;

    /// <summary>Standard deviations beyond which a probability is 0 or 1 to nine digits.</summary>
    private const double FarDeviations = 6;

    private readonly RunStops _stops = runs.StopsOf(machines with { Compile = false });
    private readonly RunStops _stopsCompiled = runs.StopsOf(machines with { Compile = true });

    /// <summary>The run of one setup: what is expected, and what is not exceeded at a normal quantile.</summary>
    /// <param name="evaluation">The setup and its prediction.</param>
    /// <param name="ordinal">Its place among its cluster's setups.</param>
    /// <param name="tokens">Tokens to train on.</param>
    /// <param name="deviations">Standard normal quantile of the limits' confidence.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Priced Price(in Evaluation evaluation, int ordinal, double tokens, double deviations)
    {
        var run = Run(evaluation, tokens);
        return Price(run, evaluation, ordinal, Lengths(run, evaluation.LogSpread, deviations));
    }

    /// <summary>The same where the run's lengths are known, from here or from an offer that is stopped as often.</summary>
    internal Priced Price(in Evaluation evaluation, int ordinal, double tokens, in RunLengths lengths) =>
        Price(Run(evaluation, tokens), evaluation, ordinal, lengths);

    private static Priced Price(in RunDemand run, in Evaluation evaluation, int ordinal, in RunLengths lengths) =>
        new(evaluation, ordinal, lengths.Expected.Hours, Usd(run, lengths.Expected), lengths.AtLimit.Hours, Usd(run, lengths.AtLimit));

    /// <summary>How long the run of a setup is expected to take, and takes at a normal quantile.</summary>
    internal RunLengths Lengths(in Evaluation evaluation, double tokens, double deviations) =>
        Lengths(Run(evaluation, tokens), evaluation.LogSpread, deviations);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private RunLengths Lengths(in RunDemand run, double logSpread, double deviations)
    {
        ref readonly var stops = ref run.Compile ? ref _stopsCompiled : ref _stops;
        var expected = runs.Expect(run, logSpread, stops);
        return new(expected, runs.AtQuantile(run, expected, logSpread, deviations, stops));
    }

    private static double Usd(in RunDemand run, in RunEstimate length) =>
        double.IsInfinity(length.WallSeconds) ? double.PositiveInfinity : run.CostUsd(length.BilledSeconds, length.WallSeconds);

    /// <summary>The expected run of one setup.</summary>
    public RunEstimate Expected(in Evaluation evaluation, double tokens) => runs.Expect(Run(evaluation, tokens), evaluation.LogSpread);

    /// <summary>The run of one setup at a normal quantile of its duration: 0 for the median.</summary>
    public RunEstimate At(in Evaluation evaluation, double tokens, double deviations) =>
        runs.AtQuantile(Run(evaluation, tokens), evaluation.LogSpread, deviations);

    /// <summary>The probability that a run keeps a limit: that of the normal quantile at which it just does.</summary>
    /// <param name="evaluation">The setup and its prediction.</param>
    /// <param name="tokens">Tokens to train on.</param>
    /// <param name="keeps">True of a run that keeps the limit; longer runs keep it less.</param>
    public double Probability(in Evaluation evaluation, double tokens, Func<RunEstimate, bool> keeps)
    {
        var (kept, missed) = (-FarDeviations, FarDeviations);
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (kept + missed) / 2;
            if (keeps(At(evaluation, tokens, middle)))
                kept = middle;
            else
                missed = middle;
        }
        return Normal.CDF(0, 1, kept);
    }

    /// <summary>The most tokens that a setup trains within both limits; 0 when not even one step.</summary>
    public double MostTokens(Evaluation evaluation, Limits limits) => MostTokens(evaluation.Setup.TokensPerStep, tokens =>
    {
        var run = At(evaluation, tokens, limits.Deviations);
        return run.Hours <= limits.DeadlineHours && run.CostUsd <= limits.BudgetUsd;
    });

    /// <summary>The most tokens that a setup is expected to train for an amount of money; 0 when not even one step.</summary>
    public double ExpectedTokens(Evaluation evaluation, double usd) =>
        MostTokens(evaluation.Setup.TokensPerStep, tokens => Expected(evaluation, tokens).CostUsd <= usd);

    /// <summary>By bisection of their logarithm.</summary>
    private static double MostTokens(double least, Func<double, bool> keeps)
    {
        var (low, high) = (Math.Log(least), Math.Log(TokenRange.Most));
        if (!keeps(Math.Exp(low)))
            return 0;
        if (keeps(TokenRange.Most))
            return TokenRange.Most;
        for (var i = 0; i < Bisections; i++)
        {
            var middle = (low + high) / 2;
            if (keeps(Math.Exp(middle)))
                low = middle;
            else
                high = middle;
        }
        return Math.Exp(low);
    }

    /// <summary>USD for taking the final checkpoint away.</summary>
    public double EgressUsd => machines.EgressUsd;

    /// <summary>USD per hour for storing checkpoints and the data set of so many tokens.</summary>
    public double StorageUsdPerHour(double tokens) => machines.StorageUsdPerHour + dataUsdPerTokenHour * tokens;

    /// <summary>The run of one setup at its median step time.</summary>
    public RunDemand Run(in Evaluation evaluation, double tokens) => machines with
    {
        StorageUsdPerHour = StorageUsdPerHour(tokens),
        StepSeconds = evaluation.StepSeconds,
        Steps = evaluation.Steps(tokens),
        Compile = evaluation.Setup.Compile,
    };
}

/// <summary>How long one run takes. Of their costs nothing is meant: those are of the offer that they were worked out for.</summary>
/// <param name="Expected">As expected.</param>
/// <param name="AtLimit">At the quantile of limits.</param>
internal readonly record struct RunLengths(RunEstimate Expected, RunEstimate AtLimit);
