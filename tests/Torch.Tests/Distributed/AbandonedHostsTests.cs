using System.ComponentModel;
using System.Globalization;

namespace SlmPlanner.Torch.Tests.Distributed;

[Collection(nameof(TwoHosts))]
public sealed class AbandonedHostsTests
{
    /// <summary>Beyond the largest process id that Linux gives (2^22).</summary>
    private const string NoProcess = "fffffff";

    [Fact]
    public void Hosts_of_a_test_that_ended_are_removed_and_those_of_a_running_one_stay()
    {
        var (abandoned, kept) = ($"{AbandonedHosts.Prefix}{NoProcess}a",
            $"{AbandonedHosts.Prefix}{Environment.ProcessId.ToString("x", CultureInfo.InvariantCulture)}b");
        try
        {
            Add(abandoned);
            Add(kept);
            AbandonedHosts.Remove();
            var left = HostCommand.Run("ip", "netns", "list").Output;
            Assert.DoesNotContain(abandoned, left, StringComparison.Ordinal);
            Assert.Contains(kept, left, StringComparison.Ordinal);
        }
        finally
        {
            AbandonedHosts.Remove(abandoned);
            AbandonedHosts.Remove(kept);
        }
    }

    private static void Add(string name)
    {
        try
        {
            var (code, _, error) = HostCommand.Run("ip", "netns", "add", name);
            Assert.SkipWhen(code != 0, $"no network namespaces on this machine: {error.Trim()}");
        }
        catch (Win32Exception exception)
        {
            Assert.Skip($"no network namespaces on this machine: {exception.Message}");
        }
    }
}
