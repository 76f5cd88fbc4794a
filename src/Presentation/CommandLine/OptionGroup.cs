namespace SlmPlanner.Presentation.CommandLine;

/// <summary>What an option is about; help and documentation show options by it, in this order.</summary>
public enum OptionGroup
{
    /// <summary>What the command does.</summary>
    Options,

    /// <summary>What is trained.</summary>
    What,

    /// <summary>Money, time and size at most.</summary>
    Limits,

    /// <summary>Machines to consider.</summary>
    Hardware,

    /// <summary>How they are used.</summary>
    Software,

    /// <summary>What they cost.</summary>
    Prices,

    /// <summary>What is written, and where.</summary>
    Output,

    /// <summary>Where facts and defaults come from.</summary>
    Data,
}

/// <summary>The groups in words.</summary>
internal static class OptionGroups
{
    /// <summary>The heading over a group's options.</summary>
    public static string Heading(this OptionGroup group) => group switch
    {
        OptionGroup.What => "What to train",
        OptionGroup.Data => "Data and settings",
        _ => group.ToString(),
    };
}
