using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Calibrator.Proof;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate prove-ranks</c>: how well a calibration predicts training on several ranks.</summary>
internal sealed class ProveRanksCommand(TimeProvider clock)
{
    private const double OwedError = 0.1;
    private const double OwedHits = 0.9;

    private static readonly CommandOption<int> Count = MachineOptions.Count(10);

    private static readonly CommandOption<int> Seed = MachineOptions.Seed(2, "seed of the draw");

    private static readonly CommandOption<int> Turns = MachineOptions.Turns("how many races of the schemes each has, all in turns");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "prove-ranks",
        "Let DDP, ZeRO-2 and full sharding race on configurations that a calibration has not seen, beside their predictions. "
        + "What is in FOLDER/proof.jsonl is not measured again.")
    {
        Options = [MachineOptions.Calibration, MachineOptions.Libtorch, Count, Seed, Turns, .. RankOptions.All],
        Examples = ["slm-calibrate prove-ranks --calibration my-machine"],
    }.DoneBy<ProveRanksCommand>((command, given) => command.Prove(given));

    /// <summary>
    /// Exits with 4 when step times are off by more than 10 % on average, or the fastest scheme is missed in more than one of ten.
    /// </summary>
    private async Task<int> Prove(Given given)
    {
        InstalledTorch.Use(given.Of(MachineOptions.Libtorch));
        var (calibration, count, seed, turns) = (given.Of(MachineOptions.Calibration), given.Of(Count), given.Of(Seed), given.Of(Turns));
        var (state, file) = ProofInput.Read(calibration, count);
        if (state.Collectives is not { } link)
            throw new InputException($"{calibration} holds no calibration of several ranks: make one with run --ranks N --out DIR");
        var launch = RankOptions.Of(given) with { Ranks = link.Ranks };
        using var interrupt = new Interrupt();
        List<RankedTrial> trials = [];
        using var log = ProofLog.Open(file, clock);
        await foreach (var trial in new RankProof(state, launch, log, clock)
            .Run(CalibrationResult.Of(state), count, seed, turns, Console.Error.WriteLine, interrupt.Token))
        {
            trials.Add(trial);
            Print(trials.Count, trial);
        }
        return trials.Count == 0
            ? throw new InputException("no configuration could be measured in all schemes")
            : Judge(trials);
    }

    private static void Print(int number, RankedTrial trial)
    {
        foreach (var burst in trial.Schemes)
            Console.Out.WriteLine($"{number,3} {burst.Spec.Shape.Name,-32} s{burst.Spec.SeqLen} "
                + $"b{burst.Spec.MicroBatch}x{burst.Spec.GradAccum} {burst.Spec.Precision} {burst.Spec.Parallelism,-9} measured "
                + $"{burst.MeasuredSeconds * 1e3,7:0.0} ms, predicted {burst.PredictedSeconds * 1e3,7:0.0} ms {burst.Error,7:+0.0%;-0.0%}");
        Console.Out.WriteLine($"    predicted winner {trial.PredictedWinner}, measured {trial.MeasuredWinner}: "
            + $"{(trial.Hit ? "hit" : "MISS")}, {trial.Loss:P1} slower");
    }

    private static int Judge(List<RankedTrial> trials)
    {
        var error = trials.SelectMany(trial => trial.Schemes).Average(burst => Math.Abs(burst.Error));
        var hits = trials.Count(trial => trial.Hit);
        Console.Out.WriteLine($"step time: {error:P1} mean absolute error over {trials.Count} configurations and "
            + $"{trials[0].Schemes.Count} schemes; winner right or within {RankedTrial.CloseShare:P0} in {hits} of {trials.Count}");
        Console.Out.WriteLine($"rule of thumb, 6ND at one MFU: "
            + $"{trials.SelectMany(trial => trial.Schemes).Average(burst => Math.Abs(burst.NaiveError)):P1} mean absolute error; "
            + string.Join(", ", trials[0].Schemes.Select(burst => burst.Spec.Parallelism)
                .Select(scheme => $"always {scheme} right in {trials.Count(trial => trial.HitOf(scheme))}")));
        int[] selfHits = [.. trials.Select(trial => trial.SelfHits).OfType<int>()];
        if (selfHits.Length > 0)
            Console.Out.WriteLine($"the machine itself: the winner of half the races is right or within {RankedTrial.CloseShare:P0} in "
                + $"the other half in {selfHits.Sum()} of {2 * selfHits.Length}");
        return error <= OwedError && hits >= OwedHits * trials.Count ? ExitCode.Done : ExitCode.AccuracyCheckFailed;
    }
}
