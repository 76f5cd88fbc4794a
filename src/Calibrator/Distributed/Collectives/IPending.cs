namespace SlmPlanner.Calibrator.Distributed.Collectives;

/// <summary>A collective that was started and may still be running; its buffers belong to the library until it has ended.</summary>
internal interface IPending
{
    /// <summary>Lets the library make progress; true once the result is there.</summary>
    bool Poll();

    /// <summary>Returns once the result is there.</summary>
    void Wait();
}

/// <summary>A collective whose result is there already.</summary>
internal sealed class Finished : IPending
{
    /// <summary>The only one needed.</summary>
    public static Finished Instance { get; } = new();

    /// <inheritdoc/>
    public bool Poll() => true;

    /// <inheritdoc/>
    public void Wait()
    {
    }
}
