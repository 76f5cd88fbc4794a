namespace SlmPlanner.Planner.Configuration;

/// <summary>Settings from one place, the texts by key.</summary>
/// <param name="Origin">The place, for people: a file's name, <c>environment</c>, <c>--set</c>.</param>
/// <param name="Values">The texts.</param>
internal sealed record SettingLayer(string Origin, IReadOnlyDictionary<string, string> Values);
