using SlmPlanner.Calibrator.Bursts;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>
/// How a unit's parameters lie in one flat vector (FSDP's flat parameter, Zhao et al. 2023): one after the other, each on a
/// 64-byte border in every format, padded to equal shards.
/// </summary>
internal sealed class UnitLayout
{
    private const long Alignment = 32;
    private readonly IReadOnlyList<ParameterSlot> _slots;
    private readonly long[] _starts;

    /// <summary>Lays the slots out for a number of shards.</summary>
    public UnitLayout(IReadOnlyList<ParameterSlot> slots, int shards)
    {
        _slots = slots;
        _starts = new long[slots.Count];
        long end = 0;
        for (var i = 0; i < slots.Count; i++)
        {
            _starts[i] = end;
            end = Up(end + slots[i].Count, Alignment);
        }
        Count = Up(end, shards * Alignment);
        ShardCount = Count / shards;
    }

    /// <summary>Elements of the flat vector, padding included.</summary>
    public long Count { get; }

    /// <summary>Elements of one shard.</summary>
    public long ShardCount { get; }

    /// <summary>The layouts of all units of a decoder.</summary>
    public static IReadOnlyList<UnitLayout> Of(Decoder decoder, int shards) =>
        [.. decoder.Units.Select(unit => new UnitLayout(unit, shards))];

    /// <summary>The parameters as views of a flat vector; owned by the caller.</summary>
    public List<Tensor> Views(Tensor flat)
    {
        using var scope = NewDisposeScope();
        return [.. _slots.Select((slot, i) => flat.narrow(0, _starts[i], slot.Count).view(slot.Shape).DetachFromDisposeScope())];
    }

    /// <summary>The parameters as leaves that share the flat vector's memory and require gradients; owned by the caller.</summary>
    public List<Tensor> Leaves(Tensor flat)
    {
        using var scope = NewDisposeScope();
        return [.. _slots.Select((slot, i) =>
            flat.narrow(0, _starts[i], slot.Count).view(slot.Shape).detach().requires_grad_(true).DetachFromDisposeScope())];
    }

    /// <summary>Copies tensors of the slots' shapes into a new fp32 flat vector, padding zero; owned by the caller.</summary>
    public Tensor Flatten(IReadOnlyList<Tensor> tensors)
    {
        using var without = no_grad();
        using var scope = NewDisposeScope();
        var flat = empty(Count, dtype: ScalarType.Float32, device: tensors[0].device);
        for (var i = 0; i < tensors.Count; i++)
        {
            flat.narrow(0, _starts[i], _slots[i].Count).copy_(tensors[i].reshape(-1));
            var end = _starts[i] + _slots[i].Count;
            var next = i + 1 < tensors.Count ? _starts[i + 1] : Count;
            if (next > end)
                flat.narrow(0, end, next - end).zero_();
        }
        return flat.DetachFromDisposeScope();
    }

    /// <summary>The values without padding, on the host.</summary>
    public float[] Values(Tensor flat)
    {
        using var scope = NewDisposeScope();
        var host = flat.detach().to(ScalarType.Float32).cpu();
        return [.. _slots.SelectMany((slot, i) => host.narrow(0, _starts[i], slot.Count).contiguous().data<float>().ToArray())];
    }

    private static long Up(long count, long multiple) => (count + multiple - 1) / multiple * multiple;
}
