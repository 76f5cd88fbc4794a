namespace SlmPlanner.Calibrator.Distributed.DataParallel;

/// <summary>What a store holds of a unit, put together on every rank: for proofs of equality. All ranks must ask together.</summary>
internal interface IUnitState
{
    /// <summary>The unit's parameters in fp32, flattened in slot order.</summary>
    float[] Parameters(int unit);

    /// <summary>The unit's gradients of this step, averaged over ranks; after the last micro-batch and before the update.</summary>
    float[] Gradients(int unit);
}
