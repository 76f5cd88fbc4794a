namespace SlmPlanner.Core.Profiles;

/// <summary>A document that states the version of its format.</summary>
public interface IVersioned
{
    /// <summary>The version of the data files that this program reads.</summary>
    const int Current = 1;

    /// <summary>Version of this format.</summary>
    int SchemaVersion { get; }
}
