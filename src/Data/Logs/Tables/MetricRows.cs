using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Data.Logs.Tables;

/// <summary>
/// Makes steps of metrics that come in pieces: sparse rows, several rows of a step, one value at a time. What has the same step and follows
/// each other belongs together.
/// </summary>
internal sealed class MetricRows(RunRecorder run)
{
    private const double Gibibyte = 1L << 30, Mebibyte = 1L << 20;
    private readonly double[] _values = New();
    private int _step = -1;

    /// <summary>Takes a value of a step.</summary>
    public void Put(double step, Metric metric, double value)
    {
        if (!(step >= 0 && step <= int.MaxValue) || !double.IsFinite(value))
            return;
        if (_step >= 0 && (int)step != _step)
            Flush();
        _step = (int)step;
        _values[(int)metric] = value;
    }

    /// <summary>Keeps the step that is open.</summary>
    public void Flush()
    {
        if (_step < 0)
            return;
        Memory();
        if (V(Metric.EvaluationLoss) is var evaluation && double.IsFinite(evaluation))
            run.Event(RunEventKind.Evaluation);
        run.Tokens(_step, V(Metric.TotalTokens));
        run.Samples(_step, V(Metric.TotalSamples));
        var seconds = First(V(Metric.StepSeconds), V(Metric.StepMilliseconds) / 1000);
        var (kind, rate) = Rate();
        var (clock, time) = Clock();
        if (double.IsFinite(seconds) || double.IsFinite(rate) || double.IsFinite(V(Metric.Loss)))
        {
            if (kind != RateKind.None)
                run.Rate = kind;
            if (clock != ClockKind.None)
                run.Clock = clock;
            run.Step(new(_step)
            {
                Seconds = (float)seconds, Rate = (float)rate, Loss = (float)V(Metric.Loss), Clock = time, Batch = (float)V(Metric.Batch),
                DataSeconds = (float)V(Metric.DataSeconds), Mfu = (float)First(V(Metric.Mfu), V(Metric.MfuPercent) / 100),
            });
        }
        _step = -1;
        Array.Fill(_values, double.NaN);
    }

    private void Memory()
    {
        run.Memory(MemoryKind.Reserved, V(Metric.ReservedGib) * Gibibyte);
        run.Memory(MemoryKind.Reserved, V(Metric.ReservedGigabytes) * 1e9);
        run.Memory(MemoryKind.Reserved, V(Metric.ReservedBytes));
        run.Caveat(RunCaveat.AllocationRetries, V(Metric.AllocationRetries));
        run.Memory(MemoryKind.Allocated, V(Metric.AllocatedBytes));
        run.Memory(MemoryKind.Allocated, V(Metric.AllocatedGib) * Gibibyte);
        run.Memory(MemoryKind.Allocated, V(Metric.AllocatedGigabytes) * 1e9);
        run.Memory(MemoryKind.Allocated, V(Metric.AllocatedMib) * Mebibyte);
    }

    private (RateKind, double) Rate() =>
        double.IsFinite(V(Metric.TokensPerGpu)) ? (RateKind.TokensPerGpu, V(Metric.TokensPerGpu))
        : run.Rate == RateKind.TokensPerGpu ? (RateKind.None, double.NaN)
        : double.IsFinite(V(Metric.Tokens)) ? (RateKind.Tokens, V(Metric.Tokens))
        : double.IsFinite(V(Metric.Samples)) ? (RateKind.Samples, V(Metric.Samples)) : (RateKind.None, double.NaN);

    private (ClockKind, double) Clock() =>
        double.IsFinite(V(Metric.Runtime)) ? (ClockKind.Elapsed, V(Metric.Runtime))
        : double.IsFinite(V(Metric.Timestamp)) ? (ClockKind.Wall, V(Metric.Timestamp))
        : double.IsFinite(V(Metric.TimestampMilliseconds)) ? (ClockKind.Wall, V(Metric.TimestampMilliseconds) / 1000)
            : (ClockKind.None, double.NaN);

    private double V(Metric metric) => _values[(int)metric];

    private static double First(double one, double other) => double.IsFinite(one) ? one : other;

    private static double[] New()
    {
        var values = new double[Enum.GetValues<Metric>().Length];
        Array.Fill(values, double.NaN);
        return values;
    }
}
