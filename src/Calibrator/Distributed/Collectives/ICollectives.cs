namespace SlmPlanner.Calibrator.Distributed.Collectives;

/// <summary>
/// A group of ranks that carry out collectives together: the one thing that MPI, NCCL and a single rank have in common. All
/// ranks of a group call the same operations in the same order, from one thread.
/// </summary>
internal interface ICollectives : IDisposable
{
    /// <summary>This rank, 0 to <see cref="Size"/> − 1.</summary>
    int Rank { get; }

    /// <summary>Ranks in the group, ≥ 1.</summary>
    int Size { get; }

    /// <summary>The library and its version, for records.</summary>
    string Library { get; }

    /// <summary>Carries out an operation: its result is there for whatever this rank does next, on the host or on the device.</summary>
    /// <exception cref="CollectiveException">The library refused or failed.</exception>
    void Run(in Collective collective);

    /// <summary>Starts an operation and returns at once where the library allows it.</summary>
    /// <exception cref="CollectiveException">The library refused or failed.</exception>
    IPending Start(in Collective collective);

    /// <summary>Waits on the host until everything started has ended; a device library's calls return before that.</summary>
    void Synchronize();

    /// <summary>Splits the group: ranks with the same color form one, in the order of their ranks here.</summary>
    ICollectives Split(int color);
}

/// <summary>A communication library refused or failed; the message is the library's own.</summary>
internal sealed class CollectiveException(string message) : Exception(message);
