using Cocona;
using SlmPlanner.Calibrator.Measurement;
using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate prove</c>: how well a calibration predicts configurations outside its matrix.</summary>
internal sealed class ProveCommand(TimeProvider clock)
{
    private const double OwedError = 0.08;

    /// <summary>Exits with 4 when step times are off by more than 8 % on average.</summary>
    [Command("prove", Description = "Measure configurations that a calibration has not seen, twice each, beside their predictions.")]
    public async Task<int> Prove(
        [Option(Description = "Folder of the calibration (run --out DIR).")] string calibration,
        [Option(Description = "Configurations to draw.")] int count = 24,
        [Option(Description = "Seed of the draw.")] int seed = 7)
    {
        if (count is < 1 or > 1000)
            throw new InputException($"--count is {count}; 1 to 1000 is allowed");
        var state = new RunState(MeasurementLog.Read(Path.Combine(calibration, "measurements.jsonl")).Lines);
        if (state.Micro is null || state.Fitted.Count == 0)
            throw new InputException($"{calibration} holds no calibration: make one with run --out DIR");
        using var interrupt = new Interrupt();
        List<MachineTrial> trials = [];
        await foreach (var trial in new MachineProof(CalibrationResult.Of(state), clock).Run(count, seed, interrupt.Token))
        {
            trials.Add(trial);
            Print(trials.Count, trial);
        }
        return trials.Count == 0 ? throw new InputException("no configuration could be measured") : Judge(new(trials));
    }

    private static void Print(int number, MachineTrial trial)
    {
        var (spec, step) = (trial.Step.Spec, trial.Step);
        Console.Out.WriteLine($"{number,3} {spec.Shape.Name,-32} s{spec.SeqLen} b{spec.MicroBatch}x{spec.GradAccum} {spec.Precision} {spec.Attention} {spec.Recomputation}: "
            + $"measured {step.MeasuredSeconds * 1e3:0.0} ms, again {trial.Repeat ?? double.NaN:+0.0%;-0.0%}, predicted {step.Error:+0.0%;-0.0%} {(step.IsCovered ? "inside" : "OUTSIDE")}; "
            + $"{trial.MeasuredMemory.GB:0.00} GB, predicted {trial.MemoryError:+0.0%;-0.0%}");
    }

    private static int Judge(MachineScore score)
    {
        Console.Out.WriteLine($"step time: {score.StepError:P1} mean absolute error over {score.Trials.Count} configurations, {score.Coverage:P0} in their 90 % interval");
        if (score.Repeatability is { } repeat)
            Console.Out.WriteLine($"two measurements of one configuration differ by {repeat:P1} on average");
        if (score.BestOfTenLoss() is { } loss)
            Console.Out.WriteLine($"the best of ten by prediction is {loss:P1} slower than the best by measurement");
        if (score.WorstMemoryError is { } memory)
            Console.Out.WriteLine($"peak memory above 500 MB: at most {memory:P1} off");
        return score.StepError <= OwedError ? ExitCode.Done : ExitCode.AccuracyCheckFailed;
    }
}
