#!/usr/bin/env dotnet
#:property GenerateDocumentationFile=false
#:property NoWarn=$(NoWarn);CA2007
// Compares two folders of answers that eng/answers wrote: the recommendation's figures side by side, and how many other values changed.
// Usage: dotnet run eng/answers-differ.cs -- BEFORE AFTER
using System.Globalization;
using System.Text.Json.Nodes;

if (args.Length != 2)
    throw new ArgumentException("usage: answers-differ BEFORE AFTER");
string[] shown =
[
    "gpu", "nodes", "gpus_per_node", "parallelism", "micro_batch", "grad_accum", "recomputation", "attention",
    "tokens_per_s", "peak_memory_bytes", "hours", "cost_usd", "cost_usd_low", "cost_usd_high",
];
foreach (var before in Directory.GetFiles(args[0], "*.json").Order(StringComparer.Ordinal))
{
    var name = Path.GetFileName(before);
    var after = Path.Combine(args[1], name);
    if (Read(before) is not { } old || Read(after) is not { } now)
    {
        Console.WriteLine($"{name}: {(Read(before) is null ? "no answer before" : "an answer before")}, "
            + $"{(Read(after) is null ? "none" : "one")} now");
        continue;
    }
    var changes = Leaves(old, "").ToDictionary();
    var present = Leaves(now, "").ToDictionary();
    var changed = changes.Count(leaf => present.TryGetValue(leaf.Key, out var value) && value != leaf.Value);
    var (gone, fresh) = (changes.Keys.Except(present.Keys).Count(), present.Keys.Except(changes.Keys).Count());
    Console.WriteLine($"{name}: {changed} values changed, {gone} gone, {fresh} new");
    foreach (var field in shown)
    {
        var (left, right) = (changes.GetValueOrDefault($"/recommendation/{field}"), present.GetValueOrDefault($"/recommendation/{field}"));
        if (left != right)
            Console.WriteLine($"    {field}: {left ?? "–"} → {right ?? "–"}{Ratio(left, right)}");
    }
}

static JsonNode? Read(string path) => File.Exists(path) && new FileInfo(path).Length > 0 ? JsonNode.Parse(File.ReadAllText(path)) : null;

static IEnumerable<KeyValuePair<string, string>> Leaves(JsonNode? node, string path) => node switch
{
    JsonObject members => members.SelectMany(member => Leaves(member.Value, $"{path}/{member.Key}")),
    JsonArray items => items.SelectMany((item, index) => Leaves(item, $"{path}/{index}")),
    _ => [new(path, node?.ToJsonString() ?? "null")],
};

static string Ratio(string? left, string? right) =>
    double.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var from)
    && double.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var to) && from != 0
        ? string.Create(CultureInfo.InvariantCulture, $" ({to / from - 1:+0.0 %;-0.0 %;0 %})")
        : "";
