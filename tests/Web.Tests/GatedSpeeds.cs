using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace SlmPlanner.Web.Tests;

/// <summary>Speeds of devices, all 1, at which a search waits until the test lets it go on.</summary>
internal sealed class GatedSpeeds : IReadOnlyDictionary<string, double>, IDisposable
{
    private readonly ManualResetEventSlim _gate = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when a search has come here.</summary>
    public Task Reached => _reached.Task;

    public int Count => 0;

    public IEnumerable<string> Keys => [];

    public IEnumerable<double> Values => [];

    public double this[string key] => 1;

    public void Open() => _gate.Set();

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        _reached.TrySetResult();
        _gate.Wait();
        value = 1;
        return true;
    }

    public bool ContainsKey(string key) => true;

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        yield break;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
        Open();
        _gate.Dispose();
    }
}
