using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Matrix;

/// <summary>
/// Rows of the step-time model's Jacobian for one machine: the derivative of a configuration's log step time by the logarithm of
/// each coefficient, once for what all setups share, once for the own deviation of each precision and each style of block, once for what
/// several ranks change, and once for each sharding scheme's own.
/// </summary>
internal sealed class Sensitivities(Accelerator device, Func<BurstSpec, double[]> logs)
{
    private const double Step = 1e-4;
    private const int None = -1;
    private static readonly int Coefficients = StepTimeEquation.CoefficientCount;
    private static readonly int Precisions = Enum.GetValues<BurstPrecision>().Length;
    private static readonly int Blocks = Enum.GetValues<FfnKind>().Length;
    private static readonly int Schemes = Enum.GetValues<BurstParallelism>().Length;
    private readonly Dictionary<Precision, DeviceRates> _rates = [];
    private readonly LinkRates _links = LinkRates.Of(null, device);

    /// <summary>Prior standard deviations in the order of a row.</summary>
    public static IReadOnlyList<double> PriorDeviations { get; } =
    [
        .. CoefficientPriors.All.Select(prior => Math.Sqrt(prior.Deviation * prior.Deviation
            + prior.Levels.Where(level => level.Level == GroupLevel.Machine).Sum(level => level.Deviation * level.Deviation))),
        .. Enumerable.Repeat(Of(GroupLevel.MachinePrecision), Precisions).SelectMany(own => own),
        .. Enumerable.Repeat(Of(GroupLevel.MachineBlock), Blocks).SelectMany(own => own),
        .. Of(GroupLevel.MachineRanks),
        .. Enumerable.Repeat(Of(GroupLevel.MachineScheme), Schemes).SelectMany(own => own),
    ];

    /// <summary>The row of a configuration.</summary>
    public double[] Row(BurstSpec spec)
    {
        var setup = spec.SetupOn(device);
        var shape = ShapeCosts.Of(spec.Shape, padsVocabulary: false);
        var rates = Rates(setup.Precision);
        var coefficients = logs(spec).Select(Math.Exp).ToArray();
        double LogTime() => Math.Log(StepTimeEquation.Evaluate(shape, rates, _links, setup, coefficients).TotalSeconds);
        var centre = LogTime();
        var shared = new double[Coefficients];
        for (var i = 0; i < Coefficients; i++)
        {
            var kept = coefficients[i];
            coefficients[i] = kept * Math.Exp(Step);
            shared[i] = (LogTime() - centre) / Step;
            coefficients[i] = kept;
        }
        var isAlone = setup.Gpus == 1;
        return
        [
            .. shared,
            .. Own(shared, Precisions, (int)spec.Precision),
            .. Own(shared, Blocks, (int)spec.FfnKind),
            .. Own(shared, 1, isAlone ? None : 0),
            .. Own(shared, Schemes, isAlone ? None : (int)spec.Parallelism),
        ];
    }

    /// <summary>Derivatives by the deviations of <paramref name="count"/> groups: those of the spec's own group, and zeros.</summary>
    private static IEnumerable<double> Own(double[] shared, int count, int group) =>
        Enumerable.Range(0, count).SelectMany(index => index == group ? shared : new double[Coefficients]);

    private static IEnumerable<double> Of(GroupLevel group) =>
        CoefficientPriors.All.Select(prior => prior.Levels.Where(level => level.Level == group).Sum(level => level.Deviation));

    private DeviceRates Rates(Precision precision) =>
        _rates.TryGetValue(precision, out var rates) ? rates : _rates[precision] = DeviceRates.Of(device, precision)!.Value;
}
