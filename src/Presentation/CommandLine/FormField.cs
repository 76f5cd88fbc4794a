namespace SlmPlanner.Presentation.CommandLine;

/// <summary>Where a form shows an option.</summary>
public enum FormPlace
{
    /// <summary>What nearly everyone states.</summary>
    Main,

    /// <summary>Folded, to be ticked.</summary>
    Ticks,

    /// <summary>Folded, for engineers.</summary>
    More,
}

/// <summary>
/// An option as a field of a form. A flag is a box to tick, choices without a separator are a list, anything else is a text.
/// </summary>
/// <param name="Label">What the person reads.</param>
/// <param name="Place">Where it stands.</param>
public sealed record FormField(string Label, FormPlace Place = FormPlace.More)
{
    /// <summary>What an empty field shows; null for the option's example.</summary>
    public string? Placeholder { get; init; }

    /// <summary>True for an amount worth moving with a slider.</summary>
    public bool HasSlider { get; init; }

    /// <summary>How messages about the field begin, beside those that begin with the option or its quantity.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];
}
