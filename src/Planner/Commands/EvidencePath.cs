using SlmPlanner.Core;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Commands;

/// <summary>Where the store of evidence is that a command uses.</summary>
internal static class EvidencePath
{
    /// <summary>The store to change: the one named, or the user's own with what the history of before holds.</summary>
    /// <exception cref="InputException">None is named.</exception>
    public static string ToAdd(Given given) => Named(given) switch
    {
        null => StorePlace.WithOldHistory(),
        StorePlace.None => throw new InputException("--evidence is none, a file is needed here"),
        var path => path,
    };

    /// <summary>The store to read; null for none: it is said so, or the user has none yet.</summary>
    public static string? ToRead(Given given) => Named(given) switch
    {
        null => File.Exists(StorePlace.Default) ? StorePlace.Default : null,
        StorePlace.None => null,
        var path => path,
    };

    private static string? Named(Given given) =>
        given.Of(EvidenceOptions.Store) ?? (DataOptions.LoadSettings(given).Text("evidence") is { Length: > 0 } text ? text : null);
}
