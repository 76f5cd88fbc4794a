using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Gpu;
using SlmPlanner.Data.Measurements.Bursts;

namespace SlmPlanner.Calibrator.Tests.Devices;

public sealed class NvmlUtilisationTests
{
    private const int NotSupported = 3;
    private static readonly UtilisationSample Before = new() { TimeS = 1.5, BurstCores = 2 };

    [Fact]
    public void Every_counter_is_read_in_its_unit()
    {
        using var source = new NvmlUtilisation(new FakeGpu());
        var expected = Before with
        {
            GpuBusy = 0.97, GpuMemoryBytes = 3e9, GpuMhz = 1755, GpuWatts = 412.5, GpuCelsius = 61, GpuThrottled = true,
        };
        Assert.Equal(expected, source.Read(Before));
    }

    [Theory]
    [InlineData("power")]
    [InlineData("utilization", "power")]
    [InlineData("utilization", "memory", "clock", "power", "temperature", "reasons")]
    public void A_counter_that_the_gpu_does_not_have_is_missing_and_the_others_stay(params string[] missing)
    {
        using var source = new NvmlUtilisation(new FakeGpu(missing));
        var sample = source.Read(Before);
        Assert.Equal(Before.BurstCores, sample.BurstCores);
        Assert.Equal(missing.Contains("utilization"), sample.GpuBusy is null);
        Assert.Equal(missing.Contains("memory"), sample.GpuMemoryBytes is null);
        Assert.Equal(missing.Contains("clock"), sample.GpuMhz is null);
        Assert.Equal(missing.Contains("power"), sample.GpuWatts is null);
        Assert.Equal(missing.Contains("temperature"), sample.GpuCelsius is null);
        Assert.Equal(missing.Contains("reasons"), sample.GpuThrottled is null);
    }

    /// <summary>An exception in the timer's callback would end the process.</summary>
    [Fact]
    public void The_sampler_goes_on_without_the_missing_counters()
    {
        var clock = new HandClock();
        using var sampler = new UtilisationSampler([new NvmlUtilisation(new FakeGpu("power"))], clock);
        clock.Tick();
        clock.Tick();
        Assert.Equal(2, sampler.Samples.Count);
        Assert.All(sampler.Samples, sample => Assert.Equal((null, 61.0), (sample.GpuWatts, sample.GpuCelsius)));
    }

    private sealed class FakeGpu(params string[] missing) : INvmlGpu
    {
        public int Utilization(out NvmlRates rates) => Answer("utilization", new NvmlRates(97, 40), out rates);

        public int Memory(out NvmlMemory memory) =>
            Answer("memory", new NvmlMemory(80_000_000_000, 77_000_000_000, 3_000_000_000), out memory);

        public int Clock(out uint megahertz) => Answer("clock", 1755u, out megahertz);

        public int Power(out uint milliwatts) => Answer("power", 412_500u, out milliwatts);

        public int Temperature(out uint celsius) => Answer("temperature", 61u, out celsius);

        public int ThrottleReasons(out ulong reasons) => Answer("reasons", 0x44ul, out reasons);

        public void Dispose()
        {
        }

        /// <summary>A call that fails leaves what it was given untouched, which is not zero.</summary>
        private int Answer<T>(string counter, T value, out T result)
        {
            result = value;
            return missing.Contains(counter) ? NotSupported : 0;
        }
    }

    /// <summary>A clock whose timers fire when the test says so, in the test's own thread.</summary>
    private sealed class HandClock : TimeProvider
    {
        private Action _tick = () => { };

        public void Tick() => _tick();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _tick += () => callback(state);
            return new IdleTimer();
        }

        private sealed class IdleTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
