using System.Runtime.CompilerServices;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Units;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>Peak device memory of one rank by component. Components add up to the peak.</summary>
public struct MemoryBreakdown : IEquatable<MemoryBreakdown>
{
    private Amounts _bytes;

    /// <summary>The peak that the device reports.</summary>
    public readonly Bytes Total
    {
        get
        {
            var sum = 0.0;
            foreach (var bytes in (ReadOnlySpan<double>)_bytes)
                sum += bytes;
            return new(sum);
        }
    }

    /// <summary>Weights, 16-bit copies of them included.</summary>
    public readonly Bytes Parameters => Of(MemoryPart.Parameters);

    /// <summary>Gradients, sharded or not.</summary>
    public readonly Bytes Gradients => Of(MemoryPart.Gradients);

    /// <summary>fp32 copy of the weights, where the recipe has one.</summary>
    public readonly Bytes MasterWeights => Of(MemoryPart.MasterWeights);

    /// <summary>Adam's two moments.</summary>
    public readonly Bytes OptimizerStates => Of(MemoryPart.OptimizerStates);

    /// <summary>What the forward pass keeps for the backward pass, attention scores included.</summary>
    public readonly Bytes Activations => Of(MemoryPart.Activations);

    /// <summary>Logits, their copies and gradient.</summary>
    public readonly Bytes Logits => Of(MemoryPart.Logits);

    /// <summary>Buckets and gathered weights.</summary>
    public readonly Bytes Communication => Of(MemoryPart.Communication);

    /// <summary>Framework context, libraries, allocator slack and temporaries of the optimizer's step.</summary>
    public readonly Bytes Overhead => Of(MemoryPart.Overhead);

    /// <summary>Bytes of one component.</summary>
    internal double this[MemoryComponent component]
    {
        readonly get => _bytes[component.Index];
        set => _bytes[component.Index] = value;
    }

    /// <summary>Bytes of one part: those of its components.</summary>
    public readonly Bytes Of(MemoryPart part)
    {
        var sum = 0.0;
        foreach (var component in MemoryComponents.All)
            sum += component.Part == part ? _bytes[component.Index] : 0;
        return new(sum);
    }

    /// <summary>The peak of a kind: live tensors alone, with the allocator's slack, or all that the device has in use.</summary>
    public readonly Bytes Of(MemoryKind kind)
    {
        var sum = 0.0;
        foreach (var component in MemoryComponents.All)
            sum += component.CountsFrom <= kind ? _bytes[component.Index] : 0;
        return new(sum);
    }

    /// <summary>Every component by its key with its bytes, in the order in which they are computed.</summary>
    public readonly IReadOnlyList<(string Key, MemoryPart Part, double Bytes)> Components()
    {
        var bytes = _bytes;
        return [.. MemoryComponents.All.Select(component => (component.Key, component.Part, bytes[component.Index]))];
    }

    /// <inheritdoc/>
    public readonly bool Equals(MemoryBreakdown other) => ((ReadOnlySpan<double>)_bytes).SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is MemoryBreakdown other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => Total.GetHashCode();

    /// <summary>True for equal bytes of every component.</summary>
    public static bool operator ==(MemoryBreakdown left, MemoryBreakdown right) => left.Equals(right);

    /// <summary>True where a component differs.</summary>
    public static bool operator !=(MemoryBreakdown left, MemoryBreakdown right) => !left.Equals(right);

    [InlineArray(MemoryComponents.Count)]
    private struct Amounts
    {
        private double _first;
    }
}
