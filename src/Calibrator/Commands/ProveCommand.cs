using Cocona;
using SlmPlanner.Calibrator.Loading;
using SlmPlanner.Calibrator.Proof;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core;
using SlmPlanner.Presentation.CommandLine;


namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate prove</c>: how well a calibration predicts configurations outside its matrix.</summary>
internal sealed class ProveCommand(TimeProvider clock)
{
    private static readonly CommandOption<int> Count = MachineOptions.Count(24);

    private static readonly CommandOption<int> Seed = MachineOptions.Seed(7, "seed of the draw");

    private static readonly CommandOption<int> Turns = MachineOptions.Turns("how often each is measured, all in turns; the median counts");

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "prove",
        "Measure configurations that a calibration has not seen, in turns, beside their predictions. "
        + "What is in FOLDER/proof.jsonl is not measured again.")
    {
        Options = [MachineOptions.Calibration, MachineOptions.Libtorch, Count, Seed, Turns],
        Examples = ["slm-calibrate prove --calibration my-machine"],
    }.DoneBy<ProveCommand>((command, given) => command.Prove(given));

    /// <summary>Exits with 4 when step times are off by more than is owed on this machine.</summary>
    private async Task<int> Prove(Given given)
    {
        InstalledTorch.Use(given.Of(MachineOptions.Libtorch));
        var (count, seed, turns) = (given.Of(Count), given.Of(Seed), given.Of(Turns));
        var input = ProofInput.Read(given.Of(MachineOptions.Calibration), count);
        using var interrupt = new Interrupt();
        using var log = ProofLog.Open(input.LogFile, clock);
        List<MachineTrial> trials = [];
        await foreach (var trial in new MachineProof(CalibrationResult.Of(input.State), log, clock)
            .Run(count, turns, seed, Console.Error.WriteLine, interrupt.Token))
        {
            trials.Add(trial);
            Print(trials.Count, trial);
        }
        return trials.Count == 0 ? throw new InputException("no configuration could be measured") : Judge(new(trials));
    }

    private static void Print(int number, MachineTrial trial)
    {
        var spec = trial.First.Spec;
        var turns = string.Join(", ", trial.Turns.Select(turn => turn.Slowdown == 1 ? $"{turn.MeasuredSeconds * 1e3:0.0}"
            : $"{turn.MeasuredSeconds * 1e3:0.0} at pace {1 / turn.Slowdown:0.00}"));
        Console.Out.WriteLine($"{number,3} {spec.Shape.Name,-32} s{spec.SeqLen} b{spec.MicroBatch}x{spec.GradAccum} {spec.Precision} "
            + $"{spec.Attention} {spec.Recomputation}: "
            + $"measured {turns} ms, predicted {trial.First.PredictedSeconds * 1e3:0.0} ms {trial.Error:+0.0%;-0.0%}; "
            + $"{trial.MeasuredMemory.GB:0.00} GB, predicted {trial.MemoryError:+0.0%;-0.0%}");
    }

    private static int Judge(MachineScore score)
    {
        Console.Out.WriteLine($"step time: {score.StepError:P1} mean absolute error over {score.Trials.Count} configurations, the "
            + $"median of each one's measurements; {score.FirstError:P1} against the first alone, {score.Coverage:P0} of measurements "
            + $"in their 90 % interval");
        Console.Out.WriteLine($"step time at the calibration's pace: {score.ErrorAtPace:P1} mean absolute error");
        Console.Out.WriteLine($"rule of thumb, 6ND at one MFU: {score.NaiveError:P1} mean absolute error");
        if (score.Repeatability is { } repeat)
            Console.Out.WriteLine($"two measurements of one configuration differ by {repeat:P1} on average, by "
                + $"{score.RepeatabilityAtPace:P1} at one pace: the machine's own repeatability");
        if (score.DisturbedShare > 0)
            Console.Out.WriteLine($"other programs disturbed {score.DisturbedShare:P0} of the measurements; they count only where no "
                + $"other is there");
        if (score.BestOfTenLoss() is { } loss)
            Console.Out.WriteLine($"the best of ten by prediction is {loss:P1} slower than the best by measurement");
        if (score.WorstMemoryError is { } memory)
            Console.Out.WriteLine($"peak memory above 500 MB: at most {memory:P1} off");
        Console.Out.WriteLine($"target: at most {score.OwedError:P1} off, 6 % or one and a half times the repeatability");
        return score.StepError <= score.OwedError ? ExitCode.Done : ExitCode.AccuracyCheckFailed;
    }
}
