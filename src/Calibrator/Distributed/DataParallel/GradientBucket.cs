using SlmPlanner.Calibrator.Distributed.Collectives;
using static TorchSharp.torch;

namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>
/// Gradients of neighbouring units in one flat buffer, which the leaves' gradients are views of, so that nothing is copied
/// (Li et al. 2020, section 4.2). All-reduced in one piece as soon as its last unit is there.
/// </summary>
internal sealed class GradientBucket : IDisposable
{
    private readonly List<Tensor> _views = [];
    private readonly Dictionary<int, (long Start, long Count)> _parts = [];
    private readonly HashSet<int> _missing;
    private readonly IReadOnlyList<int> _units;
    private IPending _pending = Finished.Instance;

    /// <summary>Allocates the buffer and hangs its views on the leaves.</summary>
    /// <param name="units">Units in the order their gradients arrive.</param>
    /// <param name="layouts">Layouts of all units.</param>
    /// <param name="leaves">Leaves of all units.</param>
    public GradientBucket(IReadOnlyList<int> units, IReadOnlyList<UnitLayout> layouts, IReadOnlyList<IReadOnlyList<Tensor>> leaves)
    {
        _units = units;
        _missing = [.. units];
        Flat = zeros(units.Sum(unit => layouts[unit].Count), dtype: ScalarType.Float32, device: leaves[0][0].device)
            .DetachFromDisposeScope();
        long start = 0;
        foreach (var unit in units)
        {
            _parts[unit] = (start, layouts[unit].Count);
            using var part = Part(unit);
            foreach (var (leaf, view) in leaves[unit].Zip(layouts[unit].Views(part)))
            {
                leaf.grad = view;
                _views.Add(view);
            }
            start += layouts[unit].Count;
        }
    }

    /// <summary>The gradients of all its units.</summary>
    public Tensor Flat { get; }

    /// <summary>True when the unit's gradients are here.</summary>
    public bool Holds(int unit) => _parts.ContainsKey(unit);

    /// <summary>The unit's gradients, a view.</summary>
    public Tensor Part(int unit) => Flat.narrow(0, _parts[unit].Start, _parts[unit].Count);

    /// <summary>A unit is complete; starts the reduction when it was the last.</summary>
    public void Ready(int unit, ICollectives group)
    {
        if (!_missing.Remove(unit) || _missing.Count > 0)
            return;
        _pending = group.Start(Collective.AllReduce(Flat.Buffer()));
    }

    /// <summary>Lets a reduction under way make progress.</summary>
    public void Poll() => _pending.Poll();

    /// <summary>Waits for the reduction.</summary>
    public void Wait() => _pending.Wait();

    /// <summary>Zeroes the gradients for the next step.</summary>
    public void Clear()
    {
        using var without = no_grad();
        Flat.zero_();
        _missing.UnionWith(_units);
        _pending = Finished.Instance;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _views.ForEach(view => view.Dispose());
        Flat.Dispose();
    }
}
