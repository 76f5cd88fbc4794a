using SlmPlanner.Calibrator.Devices;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.Nccl;
using SlmPlanner.Calibrator.Distributed.Verification;
using SlmPlanner.Calibrator.Gpu;

namespace SlmPlanner.Calibrator.Tests.FakeGpu;

/// <summary>
/// Everything that is CUDA's, NCCL's and NVML's own, run against the fake driver: values, order of streams, lifetimes, errors.
/// </summary>
public sealed class FakeGpuTests
{
    private const int Ranks = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_collective_is_right_on_known_numbers_and_gives_back_what_it_took(int ranks)
    {
        var driver = FakeDriver.Start();
        var before = driver.Live;
        var outcomes = ThreadGroup.Run(ranks, hosts =>
        {
            using var group = NcclCollectives.Join(hosts, hosts.Rank);
            Assert.Equal((hosts.Rank, ranks, "NCCL 2.21.5"), (group.Rank, group.Size, group.Library));
            return CollectiveCheck.Run(group, new CudaMemory());
        });
        Assert.All(outcomes, outcome => Assert.Null(outcome.Failure));
        Assert.All(outcomes, outcome => Assert.Empty(outcome.Result!));
        Assert.Equal(before, driver.Live);
    }

    /// <summary>The proof that the fake sees a missing wait: without it a copy brings what was there before.</summary>
    [Fact]
    public void A_result_is_there_after_the_wait_and_not_before()
    {
        FakeDriver.Start();
        var outcomes = ThreadGroup.Run(2, hosts =>
        {
            using var group = NcclCollectives.Join(hosts, hosts.Rank);
            using var numbers = new Numbers(new CudaMemory(), [1, 2, 3], ElementType.Float32);
            var pending = group.Start(Collective.AllReduce(numbers.Buffer));
            var early = numbers.Read();
            pending.Wait();
            return (Early: early[2], Late: numbers.Read()[2]);
        });
        Assert.All(outcomes, outcome => Assert.Equal((3f, 6f), outcome.Result));
    }

    [Fact]
    public void A_poll_says_not_yet_and_then_done()
    {
        FakeDriver.Start();
        var outcomes = ThreadGroup.Run(2, hosts =>
        {
            using var group = NcclCollectives.Join(hosts, hosts.Rank);
            using var numbers = new Numbers(new CudaMemory(), [1, 2, 3], ElementType.Float32);
            var pending = group.Start(Collective.AllReduce(numbers.Buffer));
            bool[] polls = [pending.Poll(), pending.Poll()];
            pending.Wait();
            pending.Wait();
            return (polls[0], polls[1], pending.Poll());
        });
        Assert.All(outcomes, outcome => Assert.Equal((false, true, true), outcome.Result));
    }

    /// <summary>NCCL discards a collective of no elements, so that a barrier must move something.</summary>
    [Fact]
    public void No_rank_passes_a_barrier_before_the_last_one_came()
    {
        FakeDriver.Start();
        var came = 0;
        var outcomes = ThreadGroup.Run(Ranks, hosts =>
        {
            using var group = NcclCollectives.Join(hosts, hosts.Rank);
            Thread.Sleep(100 * hosts.Rank);
            Interlocked.Increment(ref came);
            group.Run(Collective.Barrier);
            return Volatile.Read(ref came);
        });
        Assert.All(outcomes, outcome => Assert.Equal(Ranks, outcome.Result));
    }

    [Fact]
    public void A_split_group_sums_over_its_own_ranks()
    {
        var driver = FakeDriver.Start();
        var before = driver.Live;
        var outcomes = ThreadGroup.Run(Ranks, hosts =>
        {
            using var group = NcclCollectives.Join(hosts, hosts.Rank);
            using var part = group.Split(hosts.Rank % 2);
            using var numbers = new Numbers(new CudaMemory(), [hosts.Rank + 1], ElementType.Float32);
            part.Run(Collective.AllReduce(numbers.Buffer));
            return (part.Rank, part.Size, numbers.Read()[0]);
        });
        Assert.Equal([(0, 2, 4f), (0, 1, 2f), (1, 2, 4f)], outcomes.Select(outcome => outcome.Result));
        Assert.Equal(before, driver.Live);
    }

    /// <summary>
    /// Each function fails in turn. What the program says is the library's own words, and a failed join leaves nothing behind.
    /// </summary>
    [Theory]
    [InlineData("cuInit", "CUDA, start: fake driver error 77 (77)")]
    [InlineData("cuDeviceGet", "CUDA, device 0: fake driver error 77 (77)")]
    [InlineData("cuDevicePrimaryCtxRetain", "CUDA, context: fake driver error 77 (77)")]
    [InlineData("cuCtxSetCurrent", "CUDA, context: fake driver error 77 (77)")]
    [InlineData("cuStreamCreate", "CUDA, stream: fake driver error 77 (77)")]
    [InlineData("cuMemAlloc_v2", "CUDA, 4 bytes: fake driver error 77 (77)")]
    [InlineData("cuMemsetD8_v2", "CUDA, clear: fake driver error 77 (77)")]
    [InlineData("ncclGetUniqueId", "NCCL, unique id: fake failure; before a communicator")]
    [InlineData("ncclCommInitRank", "NCCL, join: fake failure; before a communicator")]
    [InlineData("ncclCommUserRank", "NCCL, rank: fake failure; in a communicator")]
    [InlineData("ncclCommCount", "NCCL, size: fake failure; in a communicator")]
    public void A_join_that_fails_says_why_and_leaves_nothing_behind(string function, string message)
    {
        var driver = FakeDriver.Start();
        var before = driver.Live;
        driver.Fail(function, 77);
        var outcome = Assert.Single(ThreadGroup.Run(1, hosts => NcclCollectives.Join(hosts, 0)));
        Assert.Equal(message, Assert.IsType<CollectiveException>(outcome.Failure).Message);
        Assert.Equal(before, driver.Live);
    }

    [Theory]
    [InlineData("cuEventCreate", "CUDA, event: fake driver error 77 (77)")]
    [InlineData("cuEventRecord", "CUDA, event: fake driver error 77 (77)")]
    [InlineData("cuStreamWaitEvent", "CUDA, wait: fake driver error 77 (77)")]
    [InlineData("cuEventDestroy_v2", "CUDA, event: fake driver error 77 (77)")]
    [InlineData("cuStreamSynchronize", "CUDA, synchronize: fake driver error 77 (77)")]
    [InlineData("cuEventQuery", "CUDA, poll: fake driver error 77 (77)")]
    [InlineData("cuMemcpyHtoD_v2", "CUDA, copy to the device: fake driver error 77 (77)")]
    [InlineData("cuMemcpyDtoH_v2", "CUDA, copy from the device: fake driver error 77 (77)")]
    [InlineData("cuMemFree_v2", "CUDA, free: fake driver error 77 (77)")]
    [InlineData("ncclAllReduce", "NCCL, AllReduce: fake failure; in a communicator")]
    [InlineData("ncclReduceScatter", "NCCL, ReduceScatter: fake failure; in a communicator")]
    [InlineData("ncclAllGather", "NCCL, AllGather: fake failure; in a communicator")]
    [InlineData("ncclBroadcast", "NCCL, Broadcast: fake failure; in a communicator")]
    [InlineData("ncclCommSplit", "NCCL, split: fake failure; in a communicator")]
    [InlineData("ncclCommDestroy", "NCCL, end: fake failure; before a communicator")]
    [InlineData("cuStreamDestroy_v2", "CUDA, stream: fake driver error 77 (77)")]
    [InlineData("cuDevicePrimaryCtxRelease_v2", "CUDA, context: fake driver error 77 (77)")]
    public void An_operation_that_fails_says_why(string function, string message)
    {
        var driver = FakeDriver.Start();
        var outcome = Assert.Single(ThreadGroup.Run(1, hosts =>
        {
            var group = NcclCollectives.Join(hosts, 0);
            driver.Fail(function, 77);
            Everything(group);
            group.Dispose();
            return 0;
        }));
        Assert.Equal(message, Assert.IsType<CollectiveException>(outcome.Failure).Message);
    }

    [Fact]
    public void Memory_in_use_is_what_the_driver_gave_out()
    {
        FakeDriver.Start();
        var outcome = Assert.Single(ThreadGroup.Run(1, hosts =>
        {
            using var group = NcclCollectives.Join(hosts, 0);
            var memory = new CudaMemory();
            var before = CudaDevice.MemoryInUse();
            var address = memory.Allocate(1 << 20);
            Assert.Equal(1 << 20, (CudaDevice.MemoryInUse() - before).Count);
            memory.Free(address);
            Assert.Equal(before, CudaDevice.MemoryInUse());
            return 0;
        }));
        Assert.Null(outcome.Failure);
    }

    [Fact]
    public void More_memory_than_there_is_is_an_error_in_the_driver_s_words()
    {
        FakeDriver.Start();
        var outcome = Assert.Single(ThreadGroup.Run(1, hosts =>
        {
            using var group = NcclCollectives.Join(hosts, 0);
            return new CudaMemory().Allocate(1L << 40);
        }));
        Assert.Equal("CUDA, 1099511627776 bytes: fake driver error 2 (2)", outcome.Failure!.Message);
    }

    [Fact]
    public void Counters_of_a_gpu_come_in_their_units_and_each_start_is_ended()
    {
        var driver = FakeDriver.Start();
        var before = driver.Live;
        using (var source = new NvmlUtilisation(NvmlGpu.TryOpen(0)!))
        {
            var sample = source.Read(new() { TimeS = 1 });
            Assert.Equal(
                (0.97, 3e9, 1755.0, 412.5, 61.0, true),
                (sample.GpuBusy!.Value, sample.GpuMemoryBytes!.Value, sample.GpuMhz!.Value, sample.GpuWatts!.Value,
                    sample.GpuCelsius!.Value, sample.GpuThrottled!.Value));
        }
        Assert.Equal(80e9, NvmlUtilisation.TotalMemoryBytes(0));
        Assert.Null(NvmlUtilisation.TotalMemoryBytes(5));
        driver.Fail("nvmlInit_v2", 9);
        Assert.Null(NvmlGpu.TryOpen(0));
        Assert.Equal(before, driver.Live);
    }

    /// <summary>Of the functions of the data none is left that no test here has called.</summary>
    [Fact]
    public void Every_function_is_called()
    {
        var driver = FakeDriver.Start();
        ThreadGroup.Run(2, hosts =>
        {
            using var group = NcclCollectives.Join(hosts, hosts.Rank);
            Everything(group);
            _ = CudaDevice.MemoryInUse();
            Assert.Throws<CollectiveException>(() => new CudaMemory().Allocate(1L << 40));
            Assert.Throws<CollectiveException>(() => NcclCalls.Check(4, 0, "test"));
            return group.Library;
        });
        using (var source = new NvmlUtilisation(NvmlGpu.TryOpen(0)!))
            source.Read(new() { TimeS = 1 });
        Assert.Equal(FakeDriver.Signatures.Select(signature => signature.Function).Order(), driver.Calls.Distinct().Order());
    }

    private static void Everything(NcclCollectives group)
    {
        CollectiveCheck.Run(group, new CudaMemory());
        using var numbers = new Numbers(new CudaMemory(), [1, 2], ElementType.Float32);
        var pending = group.Start(Collective.AllReduce(numbers.Buffer));
        pending.Poll();
        pending.Wait();
        group.Split(0).Dispose();
        group.Run(Collective.Barrier);
    }
}
