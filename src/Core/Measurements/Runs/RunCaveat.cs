namespace SlmPlanner.Core.Measurements.Runs;

/// <summary>What a log tells that makes its numbers mean less than they seem to, and is neither an event nor a contradiction.</summary>
public enum RunCaveat
{
    /// <summary>The allocator had to free its cache and try again: the device is nearly full. The number is how often.</summary>
    AllocationRetries,

    /// <summary>The batch changes during the run, so that no one number of tokens is that of a step.</summary>
    BatchChanges,

    /// <summary>
    /// Only micro-batches that end a step are printed; the others are taken to be as long. The number is how many a step has.
    /// </summary>
    OnlyLastMicroBatch,

    /// <summary>The summed-up rate counts steps of before the run was resumed. The number is at which step it was.</summary>
    Resumed,

    /// <summary>
    /// The clock is when lines arrived at the container's runtime, since they hold no time of their own. The number is how many seconds
    /// it may be off: programs hand over many lines at once.
    /// </summary>
    ArrivalClock,

    /// <summary>Only a part of the parameters is trained. The number is their share.</summary>
    PartlyTrained,

    /// <summary>The printed rate counts tokens that bear a loss alone: prompts and padding cost time and are not in it.</summary>
    OnlyLossTokens,
}
