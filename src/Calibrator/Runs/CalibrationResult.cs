using SlmPlanner.Calibrator.Machine;
using SlmPlanner.Calibrator.Repeats;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Units;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Calibrator.Runs;

/// <summary>A machine's profile with its proof.</summary>
internal sealed record CalibrationResult
{
    /// <summary>The machine, as its micro-benchmarks describe it.</summary>
    public required Accelerator Device { get; init; }

    /// <summary>
    /// The fit to all bursts, once the fit without the held-out ones is proved; its intervals as wide as left-out bursts ask for.
    /// </summary>
    public required MachineModel Model { get; init; }

    /// <summary>The measurements.</summary>
    public required RunState State { get; init; }

    /// <summary>Bursts that were held out, predicted by a fit to the others.</summary>
    public required IReadOnlyList<ProvedBurst> HeldOut { get; init; }

    /// <summary>Fitted bursts, each predicted by a fit that did not see it.</summary>
    public required IReadOnlyList<ProvedBurst> LeftOut { get; init; }

    /// <summary>What a reader should know.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>How far repeated measurements of one configuration differ; null where none was repeated.</summary>
    public required MachineRepeatability? Repeatability { get; init; }

    /// <summary>Mean absolute error of step time on the held-out bursts; null without any.</summary>
    public double? HeldOutError => HeldOut.Count == 0 ? null : HeldOut.Average(burst => Math.Abs(burst.Error));

    /// <summary>The same of the rule of thumb; null without any.</summary>
    public double? NaiveError => HeldOut.Count == 0 ? null : HeldOut.Average(burst => Math.Abs(burst.NaiveError));

    /// <summary>That of the model had the machine kept the profile's pace; null without any.</summary>
    public double? HeldOutErrorAtPace => HeldOut.Count == 0 ? null : HeldOut.Average(burst => Math.Abs(burst.ErrorAtPace));

    /// <summary>Share of held-out bursts in their 90 % interval; null without any.</summary>
    public double? Coverage => HeldOut.Count == 0 ? null : HeldOut.Average(burst => burst.IsCovered ? 1.0 : 0.0);

    /// <summary>Peak memory of a burst as the machine's own memory model has it.</summary>
    public Bytes PredictMemory(BurstResult burst) =>
        Device.Memory!.Of(burst.Spec.Shape).Predict(burst.Spec.Setup(burst.Ranks, burst.RanksPerHost)).Total;

    /// <summary>Fits, widens and proves.</summary>
    public static CalibrationResult Of(RunState state)
    {
        var fitted = state.Fitted;
        var device = MachineSpec.Of(state.Environment!, state.Micro!, state.Collectives) with { Memory = MachineMemoryFit.Of(fitted) };
        var siblings = state.SiblingsOf(device);
        var leftOut = HeldOutProof.LeftOut(device, fitted, siblings);
        var scale = HeldOutProof.IntervalScale(leftOut);
        var model = MachineModel.Fit(device, [.. state.Bursts.Select(pair => pair.Burst)], siblings).WithIntervals(scale);
        return new()
        {
            Device = device,
            Model = model,
            Repeatability = MachineRepeatability.Of(state.ByConfiguration, model.Pace, state.Cores),
            State = state,
            HeldOut = HeldOutProof.Of(MachineModel.Fit(device, fitted, siblings).WithIntervals(scale), state.HeldOut),
            LeftOut = leftOut,
            Findings = [.. RunFindings.Of(state), .. RunFindings.OfSiblings(siblings, fitted, model.Pace)],
        };
    }

    /// <summary>The profile as a file's text.</summary>
    public string ProfileJson(string command)
    {
        RejectedRow[] rejected =
        [
            .. State.Bursts.Where(pair => pair.Burst.StepTimeS is null)
                .Select(pair => new RejectedRow(pair.Burst.Spec.Shape.Name, $"{pair.Burst.Status}: {pair.Burst.Message}")),
        ];
        var report = new FitReport(Model.Fitted, Model.Workloads, rejected, Findings);
        return (FitFile.Of(report, Device, FitOptions.Default, command, State.Environment!.Identity)
            with { Repeatability = Repeatability?.ToJson() }).ToJson();
    }
}
