namespace SlmPlanner.Architecture.Tests;

/// <summary>Rooms open into each other in one direction.</summary>
public sealed class CycleTests
{
    [Theory]
    [InlineData(House.Core)]
    [InlineData(House.Data)]
    [InlineData(House.Presentation)]
    [InlineData(House.Planner)]
    [InlineData(House.Calibrator)]
    public void No_two_namespaces_of_a_project_need_each_other(string project)
    {
        var uses = House.Uses(project);
        var rings = Rings([.. uses.Keys]).Select(ring => string.Join('\n', uses
            .Where(use => ring.Contains(use.Key.From) && ring.Contains(use.Key.To))
            .Select(use => $"  {Short(use.Key.From, project)} → {Short(use.Key.To, project)}: {use.Value}")));
        var found = string.Join("\n\n", rings);
        Assert.True(found.Length == 0, $"{project} has circles:\n{found}");
    }

    [Fact]
    public void A_ring_is_found_where_there_is_one()
    {
        var ring = Assert.Single(Rings([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("e", "a")]));
        Assert.Equal(["a", "b", "c"], ring.Order(StringComparer.Ordinal));
        Assert.Empty(Rings([("a", "b"), ("b", "c"), ("a", "c")]));
    }

    private static string Short(string name, string project) => name == project ? "(top)" : name[(project.Length + 1)..];

    /// <summary>Sets of nodes that reach each other (the strongly connected components of more than one node).</summary>
    private static IEnumerable<IReadOnlySet<string>> Rings(IReadOnlyList<(string From, string To)> edges)
    {
        var next = edges.ToLookup(edge => edge.From, edge => edge.To);
        var nodes = edges.SelectMany(edge => new[] { edge.From, edge.To }).Distinct().ToList();
        var reach = nodes.ToDictionary(node => node, node => Reachable(node, next));
        var seen = new HashSet<string>();
        foreach (var node in nodes)
        {
            var ring = reach[node].Where(other => reach[other].Contains(node)).ToHashSet();
            if (ring.Count > 1 && ring.Any(seen.Add))
            {
                seen.UnionWith(ring);
                yield return ring;
            }
        }
    }

    private static HashSet<string> Reachable(string start, ILookup<string, string> next)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(next[start]);
        while (open.TryPop(out var node))
            if (reached.Add(node))
                foreach (var following in next[node])
                    open.Push(following);
        return reached;
    }
}
