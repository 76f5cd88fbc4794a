namespace SlmPlanner.Calibrator.Measurement;

/// <summary>What a child process measures; each purpose has its own allocator settings.</summary>
public enum RankPurpose
{
    /// <summary>Step times.</summary>
    Time,

    /// <summary>Peak memory, over a few steps.</summary>
    Memory,

    /// <summary>Step times beside those of a bare loop of the same model, taking turns.</summary>
    Bare,

    /// <summary>Step times of several sharding schemes, taking turns step by step.</summary>
    Race,

    /// <summary>Time and memory in one pass, by whatever allocator settings the launcher gave.</summary>
    Both,
}
