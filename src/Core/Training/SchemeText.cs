using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Core.Training;

/// <summary>
/// The written form of schemes: the name, with the ranks that share one copy where they are not the usual ones, then the other axes in
/// any order. <c>zero1(dp8)+tp(2)+sp</c>; <c>tp(2)+pp(4)</c> alone is plain data parallelism of the rest; <c>pp(4)+vp(2)</c> is
/// interleaved,
/// <c>pp(4)+zb</c> without bubbles.
/// </summary>
internal static partial class SchemeText
{
    private static readonly Dictionary<string, SchemeName> Names = Enum.GetValues<SchemeName>().ToDictionary(DeclaredName.Of);

    /// <summary>Reads it.</summary>
    /// <exception cref="InputException">Not a scheme; names the nearest, or the forms.</exception>
    public static Scheme Parse(string text)
    {
        Scheme? named = null;
        var axes = Scheme.Ddp;
        foreach (var part in text.Trim().ToLowerInvariant().Split('+', StringSplitOptions.TrimEntries))
        {
            var match = Part().Match(part);
            var word = match.Groups["word"].Value;
            var count = match.Groups["count"] is { Success: true } digits ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0;
            var isGroup = match.Groups["group"].Success;
            if (match.Success && named is null && Names.TryGetValue(word, out var name)
                && (isGroup ? count > 0 : count == 0 || name == SchemeName.Ddp))
                named = new(name, count);
            else if (match.Success && !isGroup && Axis(axes, word, count) is { } with)
                axes = with;
            else
                throw new InputException(Names.Keys.Any(known => part.StartsWith(known, StringComparison.Ordinal))
                    || text.Contains('+', StringComparison.Ordinal)
                    ? $"parallelism '{text}': '{part}' is not understood; allowed {Scheme.Words}, a group as in zero1(dp8), then +tp(N), +sp, +pp(N), +vp(N), +zb, +cp(N), +ep(N)"
                    : $"parallelism: {NearestNames.Unknown("value", text, Names.Keys)}");
        }
        return axes with { Name = (named ?? Scheme.Ddp).Name, Group = (named ?? Scheme.Ddp).Group };
    }

    public static string Write(Scheme scheme) =>
        DeclaredName.Of(scheme.Name) + (scheme.Group > 0 ? Invariant($"(dp{scheme.Group})") : "")
        + Axis("tp", scheme.Tensor) + (scheme.SequenceParallel ? "+sp" : "") + Axis("pp", scheme.Pipeline)
        + Axis("vp", scheme.Chunks) + (scheme.ZeroBubble ? "+zb" : "") + Axis("cp", scheme.Context) + Axis("ep", scheme.Expert);

    private static Scheme? Axis(Scheme scheme, string word, int count) => (word, count) switch
    {
        ("sp", 0) => scheme with { SequenceParallel = true },
        ("zb", 0) => scheme with { ZeroBubble = true },
        ("vp", > 0) => scheme with { Chunks = count },
        ("tp", > 0) => scheme with { Tensor = count },
        ("pp", > 0) => scheme with { Pipeline = count },
        ("cp", > 0) => scheme with { Context = count },
        ("ep", > 0) => scheme with { Expert = count },
        _ => null,
    };

    private static string Axis(string word, int count) => count > 1 ? Invariant($"+{word}({count})") : "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^((?<word>tp|pp|vp|cp|ep)=?(?<count>\d{1,6})|(?<word>[a-z0-9_]+?)(\((?<group>dp)?(?<count>\d{1,6})\))?)$")]
    private static partial Regex Part();
}

/// <summary>Schemes in JSON are their written form.</summary>
public sealed class SchemeJsonConverter : JsonConverter<Scheme>
{
    /// <inheritdoc/>
    public override Scheme Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Scheme.Parse(reader.GetString() ?? throw new JsonException("parallelism is null"));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Scheme value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
