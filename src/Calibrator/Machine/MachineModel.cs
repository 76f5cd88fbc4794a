using MathNet.Numerics.Statistics;
using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements.Bursts;
using SlmPlanner.Data.Measurements.Runs;

namespace SlmPlanner.Calibrator.Machine;

/// <summary>The step-time model of one machine: Core's fit over this machine's bursts alone.</summary>
internal sealed class MachineModel
{
    /// <summary>
    /// Steps of a burst vary more than published averages of long runs: 8 % about the model, on machines that do nothing else.
    /// </summary>
    public const double BurstNoise = 0.08;

    /// <summary>Coefficients and the pace's elasticity are fitted in turns; both are settled to a per cent after two.</summary>
    private const int PaceRounds = 2;

    /// <summary>Standard deviation of a normal distribution over the median of its absolute values.</summary>
    private const double NormalPerMedian = 1.4826;

    private readonly Accelerator _device;

    private MachineModel(Accelerator device, FittedModel fitted, IReadOnlyList<Workload> workloads, MachinePace pace, NaiveStep naive) =>
        (_device, Fitted, Workloads, Pace, Naive) = (device, fitted, workloads, pace, naive);

    /// <summary>The fitted coefficients.</summary>
    public FittedModel Fitted { get; }

    /// <summary>What they were fitted to.</summary>
    public IReadOnlyList<Workload> Workloads { get; }

    /// <summary>The pace that predictions are for: the usual one of what was fitted.</summary>
    public MachinePace Pace { get; }

    /// <summary>The rule of thumb with the same bursts.</summary>
    public NaiveStep Naive { get; }

    /// <summary>Fits the machine's coefficients to steps at one pace; with no bursts the priors stand.</summary>
    /// <param name="device">The machine.</param>
    /// <param name="bursts">Measured bursts; those that ran out of memory or failed are passed over.</param>
    /// <param name="siblings">Other machines of its kind; with no bursts of its own the fit is theirs.</param>
    public static MachineModel Fit(Accelerator device, IReadOnlyList<BurstResult> bursts, IReadOnlyList<Sibling>? siblings = null)
    {
        BurstResult[] measured = [.. bursts.Where(burst => burst.StepTimeS is not null)];
        var model = At(MachinePace.Of(measured), device, measured, siblings ?? []);
        for (var round = 0; round < PaceRounds && measured.Length > 0 && model.Pace.UsualSeconds is not null; round++)
            model = At(model.Pace.Learn(measured.Select(burst => (burst, model.StepSeconds(burst.Spec))), BurstNoise), device, measured,
                siblings ?? []);
        return model;
    }

    private static MachineModel At(MachinePace pace, Accelerator device, IReadOnlyList<BurstResult> bursts, IReadOnlyList<Sibling> siblings)
    {
        var resolver = new WorkloadResolver(new DeviceCatalog([device], new DeviceNames()), new SoftwareStackCatalog([], []));
        BurstSpec[] races = [.. bursts.Select(burst => burst.Spec.WithoutScheme()).Distinct()];
        Workload[] workloads =
        [
            .. bursts.Select((burst, index) => Resolve(resolver, pace, burst, $"burst-{index + 1}",
                $"{Array.IndexOf(races, burst.Spec.WithoutScheme()) + 1}")),
            .. siblings.SelectMany(sibling => sibling.As(sibling.Slower(bursts, pace, BurstNoise)).Select((burst, index) =>
                Resolve(resolver, sibling.Model.Pace, burst, $"{sibling.Name} burst-{index + 1}",
                    $"{sibling.Name} {burst.Spec.WithoutScheme()}"))),
        ];
        return new(device, workloads.Length == 0 ? FittedModel.Prior : HierarchicalFit.Run(workloads, FitOptions.Default), workloads, pace,
            NaiveStep.Of(device, bursts));
    }

    /// <summary>The same model with intervals widened by a factor.</summary>
    public MachineModel WithIntervals(double scale) => new(_device, Fitted.With(IntervalScales.Flat(scale)), Workloads, Pace, Naive);

    /// <summary>
    /// Predicted seconds of one step on the ranks that the spec needs: the equation alone, for many configurations at once.
    /// </summary>
    public double StepSeconds(BurstSpec spec)
    {
        var setup = spec.SetupOn(_device);
        double[] coefficients = [.. Logs(spec).Select(Math.Exp)];
        return StepTimeEquation.Evaluate(
            ShapeCosts.Of(spec.Shape, padsVocabulary: false), DeviceRates.Of(_device, setup.Precision)!.Value, LinkRates.Of(null, _device),
            setup, coefficients).TotalSeconds;
    }

    /// <summary>
    /// Standard deviation of measured log steps about this model at the pace of each, by the median of their absolute residuals; 0 without
    /// bursts.
    /// </summary>
    public double Scatter(IReadOnlyList<BurstResult> bursts) => bursts.Count == 0 ? 0
        : NormalPerMedian * bursts.Select(burst =>
            Math.Abs(Math.Log(burst.StepTimeS!.Median / (StepSeconds(burst.Spec) * Pace.Slowdown(burst))))).Median();

    /// <summary>Predicted step time and the standard deviation of its logarithm.</summary>
    public (StepTime Step, double LogSpread) Predict(BurstSpec spec)
    {
        var model = new StepTimeModel(spec.Shape, _device, null, SoftwareStack.Unknown, Fitted);
        var setup = spec.SetupOn(_device);
        return (model.Predict(setup), model.LogSpread(setup));
    }

    /// <summary>Logarithms of the coefficients for a configuration.</summary>
    public double[] Logs(BurstSpec spec) => Fitted.Logs(
        StackKeys.Of(_device, SoftwareStack.Unknown, ShapeCosts.Of(spec.Shape, padsVocabulary: false), spec.SetupOn(_device), null));

    /// <summary>
    /// The attention kernel's name is no group here: plans don't name one, and must find the coefficient that was fitted. Schemes that
    /// raced share their moment, so that a slow minute moves none against another.
    /// </summary>
    private static Workload Resolve(WorkloadResolver resolver, MachinePace pace, BurstResult burst, string name, string moment)
    {
        var workload = resolver.Resolve(BurstObservation.Of(name, burst, pace.Slowdown(burst)));
        return workload with { Keys = workload.Keys with { AttentionKernel = null, Source = null, Moment = moment } };
    }
}
