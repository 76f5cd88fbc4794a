using System.Globalization;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Core.Text;
using SlmPlanner.Data.Logs;

namespace SlmPlanner.Presentation.Wording;

/// <summary>What was found in a run, in sentences.</summary>
public static class RunWords
{
    private static readonly Dictionary<RunField, string> Options = new()
    {
        [RunField.Model] = "--model", [RunField.Gpu] = "--gpu", [RunField.Gpus] = "--n-gpus", [RunField.SeqLen] = "--seq-len",
        [RunField.GlobalBatch] = "--global-batch", [RunField.TokensPerStep] = "--global-batch", [RunField.MicroBatch] = "--micro-batch",
        [RunField.GradAccum] = "--grad-accum", [RunField.Stack] = "--stack", [RunField.Precision] = "--precision",
        [RunField.Attention] = "--attention", [RunField.Recomputation] = "--recompute", [RunField.Parallelism] = "--parallelism",
        [RunField.GpusPerNode] = "--gpus-per-node",
    };

    /// <summary>The option that supplies a field.</summary>
    public static string OptionOf(RunField field) => Options.GetValueOrDefault(field) ?? $"--{DeclaredName.Of(field).Replace('_', '-')}";

    /// <summary>A contradiction as a sentence.</summary>
    public static string Of(RunContradiction found) => found.Kind switch
    {
        ContradictionKind.Facts when found.Conflict is { } both =>
            $"{DeclaredName.Of(both.Field)} is {both.Taken.Value} in {both.Taken.Place} and {both.Other.Value} in {both.Other.Place}; "
            + $"the first is taken.",
        ContradictionKind.AbovePeak =>
            Text($"The run would reach {found.Found:P0} of the device's peak: the GPU, the number of GPUs or the tokens per step must be others."),
        ContradictionKind.AboveMemory =>
            Text($"The peak of memory, {found.Found:0.0} GiB, is more than the {found.Stated:0.0} GiB that the device has."),
        ContradictionKind.TokensPerStep =>
            Text($"Rate times step time gives {found.Found:N0} tokens per step, and {found.Stated:N0} are stated."),
        ContradictionKind.AccumulationLeftOut => Text(
            $"The printed rate leaves accumulation out: it gives {found.Found:N0} tokens per step of {found.Stated:N0}. The step time is used, not the rate."),
        ContradictionKind.CountedTokens =>
            Text($"The log's count of tokens grows by {found.Found:N0} per step, and {found.Stated:N0} are stated."),
        ContradictionKind.Clock =>
            Text($"By the clock a step takes {found.Found:0.###} s, less than the {found.Stated:0.###} s that are printed."),
        ContradictionKind.PerGpuRate => Text(
            $"By the clock a step takes {found.Found:0.###} s, and by the rate per GPU {found.Stated:0.###} s: check the number of GPUs and the global batch."),
        ContradictionKind.Batch =>
            Text($"Micro-batch, accumulation and GPUs give {found.Found:N0} sequences per step, and {found.Stated:N0} are stated."),
        ContradictionKind.Parameters =>
            Text($"The log counts {found.Stated / 1e6:N1}M parameters, and the model has {found.Found / 1e6:N1}M."),
        ContradictionKind.Padding => Text(
            $"A sequence holds {found.Found:N0} tokens of {found.Stated:N0}: the rest is padding, which costs time all the same."),
        _ => found.Kind.ToString(),
    };

    /// <summary>What to know of a log's numbers.</summary>
    public static string Of(KeyValuePair<RunCaveat, double> caveat) => caveat.Key switch
    {
        RunCaveat.AllocationRetries =>
            Text($"The allocator ran out of memory and tried again {caveat.Value:N0} times: the device is nearly full, which costs time."),
        RunCaveat.BatchChanges => "The batch changes during the run: tokens per step and speed are those of no one part of it.",
        RunCaveat.OnlyLastMicroBatch => Text(
            $"Only the last of {caveat.Value:N0} micro-batches of a step is printed, with the optimizer in it: the step time is an upper bound."),
        RunCaveat.Resumed =>
            Text($"The run was resumed at step {caveat.Value:N0}: the steps before it are taken off the rate that the program sums up."),
        RunCaveat.ArrivalClock => Text(
            $"The lines hold no times. The clock is when the container's runtime received each, to {caveat.Value:0.###} s."),
        RunCaveat.PartlyTrained => Text(
            $"Only {caveat.Value * 100:0.###} % of the parameters are trained: speed and memory are not those of full training."),
        RunCaveat.OnlyLossTokens =>
            "The rate counts the tokens that bear a loss. Where prompts are masked or sequences padded, more are processed than it says.",
        _ => caveat.Key.ToString(),
    };

    /// <summary>How far a run is from what all else says.</summary>
    public static string Distance(Contradiction found)
    {
        var (far, ratio) = (Math.Abs(found.Deviations), found.SpeedRatio);
        var way = found.Deviations > 0 ? "slower" : "faster";
        return Text($"{far:0.0} standard deviations {way} than all else says ({ratio:0.00} of the predicted speed)");
    }

    /// <summary>A run that contradicts the rest, with what would explain it.</summary>
    public static string Of(Contradiction found) => $"The run is {Distance(found)}. "
        + (found.Explanations.Count == 0 ? "No single field that was said explains it."
            : $"It would agree with {string.Join(", or ", found.Explanations.Select(one => $"{one.Field} {one.Value}"))}.");

    /// <summary>Why a run can't be learned; null where it can.</summary>
    public static string? Reason(ObservedRun run) =>
        run.Logged.Log is not { } log ? run.Logged.Problem ?? "nothing could be read"
        : run.Steady is not { Pace: not null } ? NoTimes(log.NoTimes)
        : run.Missing.Count > 0 ? Needed(run, log)
        : run.Refused is { } refused ? refused
        : run.Observation is null ? "tokens per step are not known: give --global-batch" : null;

    private static string Needed(ObservedRun run, RunLog log)
    {
        var options = string.Join(", ", run.Missing.Select(OptionOf));
        return run.Missing is [RunField.Gpu] && log.Facts.Text(RunField.Gpu) is { } name
            ? $"'{name}' is no device that is known: give {options}"
            : $"the log does not say {string.Join(", ", run.Missing.Select(field => DeclaredName.Of(field)))}: give {options}";
    }

    private static string NoTimes(string? key) => key switch
    {
        "llm.c-main-log" => "llm.c's main.log holds losses and no times: give the standard output of the same run",
        "hf-unfinished" => "trainer_state.json holds times only when the run has ended: give the console log, whose progress bar has "
            + "the clock",
        _ => "no line tells the time of a step",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
