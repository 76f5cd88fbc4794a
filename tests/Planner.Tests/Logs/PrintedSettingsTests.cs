using SlmPlanner.Data.Logs.Config;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>Settings that programs print into their logs, in Python's and in JSON's hand.</summary>
public sealed class PrintedSettingsTests
{
    [Theory]
    [InlineData("{'a': 1, 'b': {'c': 'x, y', 'd': True, 'e': None}, 'f': []}", "a=1 b.c=x,␣y b.d=True b.e=None f.length=0")]
    [InlineData("{\"a\": [1, 2, 3], \"b\": [{\"c\": 4}, {\"c\": 5}]}", "a.length=3 b.0.c=4 b.1.c=5 b.length=2")]
    [InlineData("{'a': Args(b=1, c={'d': 2}), 'e': \"it's\", 'f': -1e-05}", "a=Args e=it's f=-1e-05")]
    [InlineData("{'a': 'x\\'y:{'} {'b': 2}", "a=x'y:{")]
    [InlineData("{'a': {'b': 1}", "a.b=1")]
    [InlineData("{}", "")]
    [InlineData("{'a'}", "")]
    public void A_tree_is_told_as_paths(string text, string expected)
    {
        var told = new List<string>();
        new PrintedSettings().Read(text, (path, value) => told.Add($"{path}={value.Replace(' ', '␣')}"));
        Assert.Equal(expected, string.Join(' ', told));
    }

    /// <summary>What was cut between lines reads as in one.</summary>
    [Fact]
    public void A_tree_goes_on_over_lines_until_its_brackets_are_closed()
    {
        var told = new List<string>();
        var settings = new PrintedSettings();
        foreach (var line in new[] { "{", "  \"a\": {", "    \"b\": 1", "  },", "  \"c\": 2", "}", "{\"d\": 3}" })
        {
            settings.Read(line, (path, value) => told.Add($"{path}={value}"));
            if (!settings.IsOpen)
                break;
        }
        Assert.Equal(["a.b=1", "c=2"], told);
    }

    /// <summary>Brackets without end are left.</summary>
    [Fact]
    public void Brackets_that_go_too_deep_are_left()
    {
        var settings = new PrintedSettings();
        settings.Read(new string('{', 1000), (_, _) => { });
        Assert.False(settings.IsOpen);
    }
}
