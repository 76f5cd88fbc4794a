namespace SlmPlanner.Core.Planning.Search;

/// <summary>Why a candidate is rejected, under the names that outputs use.</summary>
public static class Reason
{
    /// <summary>Its peak memory is above the device's.</summary>
    public const string OutOfMemory = "out-of-memory";

    /// <summary>What it keeps in the host's memory is more than that.</summary>
    public const string OutOfHostMemory = "out-of-host-memory";

    /// <summary>Its cost, at the asked confidence, is above the budget; it would be in time.</summary>
    public const string OverBudget = "over-budget";

    /// <summary>Its duration, at the asked confidence, is above the deadline; it would be within the budget.</summary>
    public const string PastDeadline = "past-deadline";

    /// <summary>It misses both limits.</summary>
    public const string OverBudgetAndPastDeadline = "over-budget-and-past-deadline";

    /// <summary>It is stopped so often, or takes so long, that its run has no finite length.</summary>
    public const string NeverFinishes = "never-finishes";

    /// <summary>Its machines' network is not known, so that several of them can't be predicted.</summary>
    public const string NoNetworkData = "no-network-data";

    /// <summary>Its device's datasheet lacks the rate of matrix multiplies or the memory's bandwidth.</summary>
    public const string NoDatasheet = "no-datasheet";

    /// <summary>So many of its machines can't be rented, or not in a way that the user accepts.</summary>
    public const string NotRentable = "not-rentable";

    /// <summary>The offer states no price of the kind asked for.</summary>
    public const string NoPrice = "no-price";

    /// <summary>One machine already has more devices than the request allows.</summary>
    public const string MoreThanMaxGpus = "more-than-max-gpus";

    /// <summary>The global batch gives each device less than one sequence.</summary>
    public const string BatchTooSmallForGpus = "global-batch-too-small-for-gpus";

    /// <summary>
    /// Nothing that the request asks for is possible on so many of its devices: a group or an axis that does not divide them, a precision
    /// or a kernel that they lack.
    /// </summary>
    public const string NotAsAsked = "not-as-asked";

    /// <summary>The filters of the request leave no offer at all.</summary>
    public const string NoOffer = "no-offer";
}
