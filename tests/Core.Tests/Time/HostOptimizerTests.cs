using SlmPlanner.Core.Models;
using SlmPlanner.Core.Time;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Time;

/// <summary>A slot of 20 GB/s and direction, a host of 140 GB/s.</summary>
public sealed class HostOptimizerTests
{
    private static readonly HostOptimizer Host = new(20e9, 140e9);

    /// <summary>1e9 parameters in 16 bits: 2 GB down and 2 GB up are 0.1 s each; 28 GB through the host's memory are 0.2 s.</summary>
    [Fact]
    public void One_rank_moves_its_gradients_and_parameters_and_updates_all() =>
        Assert.Equal(0.4, Host.Seconds(1e9, 2, 2, ranksPerMachine: 1), 1e-12);

    /// <summary>Four ranks with a quarter each have a slot each and share the host: 0.05 s and still 0.2 s.</summary>
    [Fact]
    public void Ranks_of_a_machine_share_its_memory_and_not_their_slots() =>
        Assert.Equal(0.25, Host.Seconds(0.25e9, 2, 2, ranksPerMachine: 4), 1e-12);

    /// <summary>fp32 gradients: 4 GB down are 0.2 s, 2 GB up 0.1 s; 30 GB through memory 0.2143 s.</summary>
    [Fact]
    public void Wide_gradients_take_twice_as_long_to_go_down() =>
        Assert.Equal(0.3 + 30 / 140.0, Host.Seconds(1e9, 4, 2, ranksPerMachine: 1), 1e-12);

    /// <summary>
    /// ZeRO-2 on eight devices: each keeps an eighth of 0.908 B parameters, fp32 both ways: 8 bytes over a slot of 32 GB/s, and eight ranks
    /// move 32 bytes of each through 204.8 GB/s.
    /// </summary>
    [Fact]
    public void A_step_with_the_optimizer_on_the_host_takes_that_time_for_it()
    {
        var setup = ExampleSetups.Setup with { Layout = Scheme.Zero2.On(8, 8), Optimizer = new(OnHost: true) };
        var each = ParameterCount.Of(ExampleSetups.Shape).Total / 8.0;
        Assert.Equal(each * 8 / 32e9 + 8 * each * 32 / 204.8e9, ExampleSetups.Evaluate(ExampleSetups.Shape, setup).In("optimizer"), 1e-9);
    }
}
