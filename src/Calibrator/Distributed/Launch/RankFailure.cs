using System.Text.Json;
using System.Text.Json.Serialization;

namespace SlmPlanner.Calibrator.Distributed.Launch;

/// <summary>Why ranks ended early.</summary>
internal enum FailureKind
{
    /// <summary>A rank ended by a signal or without ending MPI.</summary>
    [JsonStringEnumMemberName("died")] Died,

    /// <summary>A rank waited for others longer than the limit, or all took longer than theirs.</summary>
    [JsonStringEnumMemberName("hung")] Hung,

    /// <summary>Memory ran out.</summary>
    [JsonStringEnumMemberName("out_of_memory")] OutOfMemory,

    /// <summary>A rank met an error and says which.</summary>
    [JsonStringEnumMemberName("error")] Error,
}

/// <summary>The record of a failure; a rank writes it to standard error as one marked line, and the parent reads it there.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Rank">The rank that reports; null when the launcher does.</param>
/// <param name="Message">One sentence.</param>
internal sealed record RankFailure(FailureKind Kind, int? Rank, string Message)
{
    private const string Mark = "rank-failure: ";

    /// <summary>The marked line.</summary>
    public string ToLine() => Mark + JsonSerializer.Serialize(this, RankFailureJson.Default.RankFailure);

    /// <summary>Reads a marked line; null for any other line.</summary>
    public static RankFailure? FromLine(string line)
    {
        var at = line.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0)
            return null;
        try
        {
            return JsonSerializer.Deserialize(line[(at + Mark.Length)..], RankFailureJson.Default.RankFailure);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>For people.</summary>
    public override string ToString() => Rank is { } rank ? $"rank {rank}: {Message}" : Message;
}

/// <summary>JSON of <see cref="RankFailure"/>.</summary>
[JsonSerializable(typeof(RankFailure))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true)]
internal sealed partial class RankFailureJson : JsonSerializerContext;
