using System.Text.Json.Serialization.Metadata;

namespace SlmPlanner.Core.Profiles;

/// <summary>Reads data files that state the version of their format.</summary>
internal static class VersionedFile
{
    /// <summary>Reads a file by its contract.</summary>
    /// <exception cref="InputException">Malformed, against the contract, or of another version.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> contract)
        where T : IVersioned
    {
        var document = JsonFile.Read(path, contract);
        return document.SchemaVersion == IVersioned.Current
            ? document
            : throw new InputException($"{path}, field $.schema_version: is {document.SchemaVersion}, allowed {IVersioned.Current}");
    }
}
