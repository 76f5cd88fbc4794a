using System.Text;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Lines;

namespace SlmPlanner.Data.Logs.Formats;

/// <summary>
/// The consoles of OLMo and OLMo-core: a line with <c>[step=410/739328]</c> and indented metrics under it, <c>name=value</c>. The rate is
/// that of one device; the first step has none. Memory now and then, in units of 2^20 bytes (OLMo) or 2^30 (OLMo-core). Tokens of one
/// device's step are its tokens over its batches per second; with the count of all tokens they tell how many devices there are.
/// </summary>
internal sealed class OlmoReader : LogReader
{
    private const double Mebibyte = 1L << 20, Gibibyte = 1L << 30;

    /// <summary>A quotient of two rates of four digits tells a whole number up to about this.</summary>
    private const int MostDevices = 256;

    private readonly List<double> _perDevice = [];
    private int _step = -1, _rank = -1;
    private double _batches = double.NaN;
    private double _rate = double.NaN, _loss = double.NaN, _mfu = double.NaN, _data = double.NaN, _clock = double.NaN;

    /// <inheritdoc/>
    public override LogFormat Format => LogFormat.Olmo;

    /// <inheritdoc/>
    public override bool Tells(ReadOnlySpan<byte> line) =>
        line.IndexOf("throughput/device/tokens_per_second="u8) >= 0 || line.IndexOf("throughput/device/TPS="u8) >= 0
        || (line.IndexOf("[step="u8) is >= 0 and var at && line[at..].IndexOf((byte)'/') > 0);

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        var isMetric = line is [(byte)' ' or (byte)'\t', ..];
        if (line.IndexOf("[step="u8) is >= 0 and var at)
        {
            if (run.InHeader)
                run.Fact(RunField.Stack, line.IndexOf("olmo_core"u8) >= 0 ? "OLMo-core" : "OLMo (legacy trainer)");
            Keep(run);
            _step = line.CountAfter("[step="u8);
            (_rank, _clock) = (RankOf(line, run), Wall(line, run));
            run.Fact(RunField.TotalSteps, line[at..].After("/"u8));
        }
        else if (isMetric || _step >= 0)
            Metric(line[NameAt(line)..], run);
        if (run.InHeader && !isMetric)
            Header(line, run);
        if (line.IndexOf("CUDA memory allocation retries"u8) is > 0 and var retries)
            run.Caveat(RunCaveat.AllocationRetries,
                Numbers.Leading(line[(line[..(retries - 1)].LastIndexOfAny((byte)' ', (byte)'\t') + 1)..], out _));
        if (!isMetric && line.IndexOf("aving checkpoint"u8) >= 0)
            run.Event(RunEventKind.Checkpoint, Wall(line, run));
        else if (line.IndexOf("[eval_step="u8) >= 0 || line.IndexOf("Running evaluation"u8) >= 0)
            run.Event(RunEventKind.Evaluation, Wall(line, run));
    }

    /// <inheritdoc/>
    public override void End(RunRecorder run)
    {
        Keep(run);
        if (_perDevice.Count == 0)
            return;
        _perDevice.Sort();
        var devices = run.TokensPerStep / _perDevice[_perDevice.Count / 2];
        if (devices is >= 0.5 and <= MostDevices && Math.Abs(devices - Math.Round(devices)) < 0.2)
            run.Derived(RunField.Gpus, Math.Round(devices));
    }

    private static void Header(ReadOnlySpan<byte> line, RunRecorder run)
    {
        if (line.IndexOf("GPU capacity: "u8) is >= 0 and var capacity && line[(capacity + 14)..] is var device
            && device.IndexOf(" with "u8) is > 0 and var end)
        {
            run.Fact(RunField.Gpu, Encoding.UTF8.GetString(device[..end]));
            run.Fact(RunField.GpuMemoryGib, device.After(" with "u8));
        }
        else if (line.IndexOf("Device peak FLOPS: "u8) >= 0)
        {
            run.Fact(RunField.PeakFlops, line.After("FLOPS: "u8));
            var name = line[(line.IndexOf("Device: "u8) is >= 0 and var own ? own + 8 : line.Length)..];
            if (name.IndexOf((byte)',') is > 0 and var stop)
                run.Fact(RunField.Gpu, Encoding.UTF8.GetString(name[..stop]));
        }
        else if (line.IndexOf("Total number of parameters: "u8) >= 0)
            run.Fact(RunField.Parameters, line.After("parameters: "u8));
        else if (line.IndexOf("total params: "u8) is > 0 and var count && line.IndexOf("Model"u8) >= 0)
            run.Fact(RunField.Parameters, line[count..].After("params: "u8));
        else if (line.IndexOf("Peak GPU Memory (MB)"u8) >= 0)
            run.Memory(MemoryKind.Allocated, line.After("fsdp: "u8) * Mebibyte);
    }

    /// <summary>Where the name of a metric begins: launchers may put stamps and hosts before it.</summary>
    private static int NameAt(ReadOnlySpan<byte> line)
    {
        foreach (var group in Groups)
            if (line.IndexOf(group) is >= 0 and var at)
                return at;
        return 0;
    }

    private static readonly byte[][] Groups =
        ["throughput/"u8.ToArray(), "train/"u8.ToArray(), "System/"u8.ToArray(), "gpu_memory/"u8.ToArray(), "eval/"u8.ToArray()];

    private void Metric(ReadOnlySpan<byte> metric, RunRecorder run)
    {
        if (metric.StartsWith("throughput/device/tokens_per_second="u8) || metric.StartsWith("throughput/device/TPS="u8))
            _rate = metric.After("="u8);
        else if (metric.StartsWith("throughput/device/batches_per_second="u8) || metric.StartsWith("throughput/device/BPS="u8))
            _batches = metric.After("="u8);
        else if (metric.StartsWith("train/CrossEntropyLoss="u8) || metric.StartsWith("train/CE loss="u8))
            _loss = metric.After("="u8);
        else if (metric.StartsWith("throughput/device/MFU="u8))
            _mfu = metric.After("="u8) / 100;
        else if (metric.StartsWith("throughput/device/data loading (s)="u8))
            _data = metric.After("="u8);
        else if (metric.StartsWith("throughput/total_tokens="u8) || metric.StartsWith("throughput/total tokens="u8))
            run.Tokens(_step, metric.After("="u8));
        else if (metric.StartsWith("System/Peak GPU Memory (MB)="u8))
            run.Memory(MemoryKind.Allocated, metric.After("="u8) * Mebibyte);
        else if (metric.StartsWith("gpu_memory/reserved (GiB)="u8) || metric.StartsWith("gpu_memory/GPU reserved mem (GiB)="u8))
            run.Memory(MemoryKind.Reserved, metric.After("="u8) * Gibibyte);
        else if (metric.StartsWith("gpu_memory/active (GiB)="u8) || metric.StartsWith("gpu_memory/GPU active mem (GiB)="u8))
            run.Memory(MemoryKind.Allocated, metric.After("="u8) * Gibibyte);
        else if (metric.StartsWith("eval/"u8))
            run.Event(RunEventKind.Evaluation);
    }

    private void Keep(RunRecorder run)
    {
        if (_step >= 0)
        {
            run.Rate = RateKind.TokensPerGpu;
            if (_rate > 0 && _batches > 0 && _perDevice.Count < RunRecorder.MostSteps)
                _perDevice.Add(_rate / _batches);
            run.Step(new(_step)
            {
                Rank = _rank, Rate = (float)_rate, Loss = (float)_loss, Mfu = (float)_mfu, DataSeconds = (float)_data, Clock = _clock,
            });
        }
        (_step, _rate, _loss, _mfu, _data, _batches) = (-1, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
    }
}
