using SlmPlanner.Core.Measurements.Runs;

namespace SlmPlanner.Data.Logs.Lines;

/// <summary>
/// Times of parts of a step, milliseconds: DeepSpeed's <c>time (ms) | fwd: 602.33 | bwd: 1520.11</c>, and Megatron-LM's timers, each on a
/// line of its own as <c>forward-backward .....: (1200.10, 1201.20)</c> (fastest and slowest rank; the slowest counts) or in one line.
/// </summary>
internal static class PhaseTimes
{
    private static readonly (byte[] Name, StepPhase Phase)[] Names =
    [
        ("| fwd: "u8.ToArray(), StepPhase.Forward), ("| forward: "u8.ToArray(), StepPhase.Forward),
        ("forward-compute"u8.ToArray(), StepPhase.Forward),
        ("| bwd: "u8.ToArray(), StepPhase.Backward), ("| backward: "u8.ToArray(), StepPhase.Backward),
        ("backward-compute"u8.ToArray(), StepPhase.Backward), ("forward-backward "u8.ToArray(), StepPhase.ForwardBackward),
        ("| bwd_allreduce: "u8.ToArray(), StepPhase.GradientExchange), ("| backward_allreduce: "u8.ToArray(), StepPhase.GradientExchange),
        ("all-grads-sync"u8.ToArray(), StepPhase.GradientExchange), ("params-all-reduce"u8.ToArray(), StepPhase.GradientExchange),
        ("| step: "u8.ToArray(), StepPhase.Optimizer), ("| optimizer: "u8.ToArray(), StepPhase.Optimizer),
        (" optimizer .."u8.ToArray(), StepPhase.Optimizer),
    ];

    /// <summary>Keeps what a line tells.</summary>
    public static void Read(ReadOnlySpan<byte> line, RunRecorder run)
    {
        foreach (var (name, phase) in Names)
            if (line.IndexOf(name) is >= 0 and var at)
                run.Phase(phase, Milliseconds(line[(at + name.Length - 1)..]) / 1000);
    }

    /// <summary>The number after the dots and the colon, and of a pair in brackets the second.</summary>
    private static double Milliseconds(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'|');
        var value = (end < 0 ? text : text[..end]).TrimStart(" .:"u8);
        return value.StartsWith("("u8) && value.IndexOf((byte)',') is > 0 and var comma ? Numbers.Leading(value[(comma + 1)..], out _)
            : Numbers.Leading(value, out _);
    }
}
