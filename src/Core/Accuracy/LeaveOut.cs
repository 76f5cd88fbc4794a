using System.Text.Json.Serialization;

namespace SlmPlanner.Core.Accuracy;

/// <summary>What is left out of the fit before it is predicted.</summary>
public enum LeaveOut
{
    /// <summary>One model size of one stack, where the stack has others.</summary>
    [JsonStringEnumMemberName("model")] Model,

    /// <summary>One hidden width of one stack, where the stack has others.</summary>
    [JsonStringEnumMemberName("width")] Width,

    /// <summary>One number of GPUs of one stack, where the stack has others.</summary>
    [JsonStringEnumMemberName("gpu_count")] GpuCount,

    /// <summary>One publication.</summary>
    [JsonStringEnumMemberName("source")] Source,

    /// <summary>One software stack, whose name still says its family.</summary>
    [JsonStringEnumMemberName("stack")] Stack,

    /// <summary>One software stack, and the row does not name it.</summary>
    [JsonStringEnumMemberName("stack_unnamed")] StackUnnamed,

    /// <summary>One publication but one row of it: what a single short run of one's own is worth.</summary>
    [JsonStringEnumMemberName("source_but_one")] SourceButOne,

    /// <summary>One software stack but one row of it.</summary>
    [JsonStringEnumMemberName("stack_but_one")] StackButOne,

    /// <summary>Every second row of a stack that has only a handful of them: the others, and what other stacks lend, must do.</summary>
    [JsonStringEnumMemberName("handful")] Handful,

    /// <summary>One device: predicted from its datasheet and the other devices.</summary>
    [JsonStringEnumMemberName("device")] Device,

    /// <summary>The rows of one publication in one stack, but the first of them: a set-up of which one run was learned.</summary>
    [JsonStringEnumMemberName("first_learned")] FirstLearned,

    /// <summary>The same but the first three.</summary>
    [JsonStringEnumMemberName("first_three_learned")] FirstThreeLearned,

    /// <summary>The rows of one publication that share the model among ranks; the other schemes are of rows that do not.</summary>
    [JsonStringEnumMemberName("split_source")] SplitSource,

    /// <summary>Rows beyond the most that are fitted of one publication: never fitted, whatever else is left out.</summary>
    [JsonStringEnumMemberName("beyond")] Beyond,
}
