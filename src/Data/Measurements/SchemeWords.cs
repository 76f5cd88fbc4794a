using System.Globalization;
using System.Text.RegularExpressions;
using SlmPlanner.Core;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Data.Measurements;

/// <summary>
/// Ways to share a model as people write them: the written form of a <see cref="Scheme"/>, names that frameworks give
/// (<c>FULL_SHARD</c>, <c>ZeRO stage 3</c>), and axes in any order and spelling (<c>TP2+PP2+DP2</c>, <c>tp=2, pp=4</c>,
/// <c>dp4_tp2_zero1</c>).
/// </summary>
internal static partial class SchemeWords
{
    private static readonly WordTable<Scheme> Names = new(
        "parallelism", "",
        (Scheme.Ddp, "single, single gpu, single device, none, no, 1, dp, ddp, data parallel, data parallelism, "
            + "distributed data parallel, zero0, zero stage 0, deepspeed zero0, no shard, fsdp no shard, replicated"),
        (Scheme.Zero1, "zero1, zero stage 1, deepspeed zero1, deepspeed zero stage 1, deepspeed stage 1, zero1 deepspeed, "
            + "zero1 distopt, distopt, distributed optimizer, zero redundancy optimizer"),
        (Scheme.Zero2, "zero2, zero stage 2, deepspeed zero2, deepspeed zero stage 2, deepspeed stage 2, zero2 deepspeed, "
            + "zero(deepspeed)"),
        (Scheme.FsdpGradOp, "fsdp grad op, shard grad op, fsdp shard grad op"),
        (Scheme.FsdpFull, "fsdp full, fsdp, fsdp1, fsdp2, fully sharded data parallel, full shard, fsdp full shard, fsdp2 full shard, "
            + "zero3, zero stage 3, deepspeed zero3, deepspeed zero stage 3, deepspeed stage 3, zero3 deepspeed"),
        (Scheme.Hsdp, "hsdp, hybrid shard, fsdp hybrid shard, hybrid sharded data parallel"));

    /// <summary>Words beside axes that add nothing to them.</summary>
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal)
    {
        "", "x", "and", "with", "1f1b", "megatron", "2d", "3d", "4d", "5d", "2dparallel", "3dparallel", "3dparallelism",
    };

    /// <summary>What the words mean, and the data-parallel ranks where they state them; null where nothing is stated.</summary>
    /// <exception cref="InputException">They are not understood.</exception>
    public static (Scheme Scheme, int? DataRanks)? Of(string? text)
    {
        if (text is null || PlainWord.IsUnstated(text))
            return null;
        if (text.Contains("offload", StringComparison.OrdinalIgnoreCase))
            throw new InputException($"parallelism '{text}': states that wait in the host's memory are not modelled; leave the row out");
        var (axes, ranks, rest) = Axes(text);
        var named = new HashSet<Scheme>();
        foreach (var part in rest.Split(['+', ',', ';', '/', '&', '|']))
        {
            var group = Group().Match(part);
            if (!group.Success && Names.TryFind(part, out var name))
                named.Add(name!);
            else if (group.Success && Names.TryFind(group.Groups["name"].Value, out var shared) && CountOf(group) > 0
                && (shared == Scheme.Ddp || group.Groups["dp"].Success))
                named.Add(shared! with { Group = CountOf(group) });
            else if (!Empty.Contains(PlainWord.Of(part)))
                throw Unknown(text, part.Trim());
        }
        if (named.Count > 1)
            named.Remove(Scheme.Ddp);
        if (named.Count > 1 || (named.Count == 0 && rest.Equals(text, StringComparison.OrdinalIgnoreCase)))
            throw Unknown(text, text);
        var main = named.SingleOrDefault(Scheme.Ddp);
        return (axes with { Name = main.Name, Group = main.Group }, ranks);
    }

    /// <summary>Axes with their counts and the flags of a schedule, and what is left of the text: a plus for each of them.</summary>
    private static (Scheme Axes, int? DataRanks, string Left) Axes(string text)
    {
        var (axes, ranks) = (Scheme.Ddp, (int?)null);
        var rest = Factor().Replace(Long().Replace(text.ToLowerInvariant(), match => $"{match.Value[0]}p"), "+")
            .Replace("-distopt", "", StringComparison.Ordinal);
        rest = Flag().Replace(rest, match =>
        {
            axes = match.Value[0] == 's' ? axes with { SequenceParallel = true } : axes with { ZeroBubble = true };
            return "+";
        });
        rest = Count().Replace(rest, match =>
        {
            var (axis, count) = (match.Groups["word"].Value, CountOf(match));
            if (count == 0)
                throw Unknown(text, match.Value);
            if (axis == "dp")
                ranks = Once(ranks ?? 1);
            else
                axes = axis switch
                {
                    "tp" => axes with { Tensor = Once(axes.Tensor) },
                    "pp" => axes with { Pipeline = Once(axes.Pipeline) },
                    "vp" => axes with { Chunks = Once(axes.Chunks) },
                    "cp" => axes with { Context = Once(axes.Context) },
                    _ => axes with { Expert = Once(axes.Expert) },
                };
            return "+";

            int Once(int before) => before == 1 || before == count ? count : throw Unknown(text, match.Value);
        });
        return (axes, ranks, rest);
    }

    private static int CountOf(Match match) => int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);

    private static InputException Unknown(string text, string part) => new(
        $"parallelism '{text}'{(part == text ? "" : $": '{part}'")} is not understood; allowed single, {Scheme.Words}, fsdp, zero3, "
        + "a group as in zero1(dp8), then +dp(N), +tp(N), +sp, +pp(N), +vp(N), +zb, +cp(N), +ep(N)");

    /// <summary>A number and a name in either case: <c>tp2</c>, <c>tp=2</c>, <c>TP 2</c>, <c>tp(2)</c>; <c>(dp8)</c> is a group.</summary>
    [GeneratedRegex(@"(?<![a-z])(?<word>tp|pp|vp|cp|ep|(?<!\()dp)\s*[=:_-]?\s*(\((?<count>\d{1,6})\)|(?<count>\d{1,6})(?!\d|f\d))")]
    private static partial Regex Count();

    [GeneratedRegex(@"^\W*(?<name>.*?)\s*\((?<dp>dp)?(?<count>\d{1,6})\)\s*$")]
    private static partial Regex Group();

    [GeneratedRegex(@"(?<![a-z])(sp|zb|sequence[\s_-]?parallel(ism)?|zero[\s_-]?bubble)(?![a-z0-9])")]
    private static partial Regex Flag();

    /// <summary>Whole words for an axis, before a number.</summary>
    [GeneratedRegex(@"(?<![a-z])(data|tensor|pipeline|context|expert)[\s_-]?parallel(ism)?(?=\s*[=:_-]?\s*\(?\d)")]
    private static partial Regex Long();

    /// <summary>A sign of multiplication between axes: <c>tp2 x pp4</c>.</summary>
    [GeneratedRegex(@"(?<=\d\)?)\s*[x×*]\s*(?=[a-z])")]
    private static partial Regex Factor();
}
