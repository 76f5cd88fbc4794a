using SlmPlanner.Core.Findings;

namespace SlmPlanner.Presentation.Wording;

/// <summary>Findings on measured bursts, on a calibration as a whole, and on a device over time.</summary>
internal static class MeasurementFindingWords
{
    /// <summary>The sentence; null for a finding on another subject.</summary>
    public static string? Of(Finding finding) => finding switch
    {
        NoisySteps noise =>
            $"the median step is {noise.AboveFastest:P0} above the fastest; something disturbed the burst",
        WideInterval width =>
            $"the median step time is known to ±{width.RelativeHalfWidth:P0} only, from {width.Steps} steps",
        SlowingDown slow =>
            $"the last third of the steps took {slow.Longer:P0} longer than the first; throttling or another load",
        MachineBusy busy => $"other programs used {busy.OtherCores:0.0} cores during the burst",
        GpuThrottled => "the driver reported a thermal or power slow-down during the burst",
        MemoryAndTimeTogether =>
            "memory was measured together with time, by the launcher's allocator settings; --ranks measures them apart",
        DeviceSlower slower =>
            $"{slower.Device} reaches {slower.Ratio:P0} of the rates that it reached in run {slower.EarlierRun}"
                + $" ({Readable.Date(slower.EarlierDay)})",
        MachineOutlier outlier =>
            $"{outlier.Machine} ({outlier.Device}) is {outlier.Slower:P0} slower than its {outlier.Siblings} siblings: "
            + $"{SlowPartWords(outlier.Part)}",
        FewBursts few =>
            $"{few.Fitted} bursts were fitted, fewer than {few.Enough}: priors decide much of the profile; --resume adds more",
        Unproved => "no burst was held back, so the profile's error is not known",
        NoLink link => $"the collectives could not be measured, so nothing ran on several ranks: {link.Failure}",
        StartedFromSibling sibling =>
            $"it started from {sibling.Machine}, a machine of its kind, with {sibling.Bursts} configurations; steps"
                + $" here take {Math.Abs(sibling.Slower):P1} {(sibling.Slower < 0 ? "less" : "more")} time",
        SharedFinding shared => $"{shared.Bursts} of {shared.All} bursts: {FindingWords.Of(shared.First)}",
        BusyTime busy =>
            $"other programs were at work for {busy.Share:P0} of the time that bursts ran, and used {busy.OtherCores:0.0} of"
                + $" {busy.Cores} cores on average",
        DisturbedBursts disturbed =>
            $"{disturbed.Bursts} of {disturbed.All} configurations were disturbed whenever they were measured, and weigh little",
        UnevenPace pace =>
            $"the machine's pace changed while it was measured: {pace.Least:+0%;-0%} to {pace.Most:+0%;-0%} in step time by the"
                + " reference work; the profile is for the usual pace",
        BurstsOutOfMemory memory => $"{memory.Bursts} bursts needed more memory than the machine gives",
        FailedBursts failed => $"{failed.Bursts} bursts failed: {failed.Failure}",
        _ => null,
    };

    private static string SlowPartWords(SlowPart part) => part switch
    {
        SlowPart.Compute => "its multiplies, so clocks, power or heat",
        SlowPart.Memory => "its memory bandwidth",
        _ => "multiplies and memory alike, so clocks or what else runs there",
    };
}
