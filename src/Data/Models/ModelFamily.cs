namespace SlmPlanner.Data.Models;

/// <summary>One file of <c>profiles/models</c>: the published sizes of one family.</summary>
internal sealed record ModelFamily
{
    /// <summary>The version this program reads and writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Version of the format.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The family's name, for example <c>Pythia</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Its models, smallest first.</summary>
    public required IReadOnlyList<ModelEntry> Models { get; init; }

    /// <summary>
    /// Models as Hugging Face configurations, for those that the members of <see cref="Models"/> can't describe; null is none.
    /// </summary>
    public IReadOnlyList<ConfiguredModel>? Configured { get; init; }

    /// <summary>Other names: alias → name of one of them; null is none.</summary>
    public IReadOnlyDictionary<string, string>? Aliases { get; init; }
}
