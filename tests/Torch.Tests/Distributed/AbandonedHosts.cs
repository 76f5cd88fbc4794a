using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>
/// Network namespaces of earlier tests that were killed before they could remove them. A namespace carries the process id of its test
/// in its name, so those of tests that still run are left alone.
/// </summary>
internal static partial class AbandonedHosts
{
    /// <summary>The start of every namespace's name; the process id in hexadecimal and one letter follow.</summary>
    public const string Prefix = "slm";

    /// <summary>Removes all whose test has ended.</summary>
    public static void Remove()
    {
        foreach (var name in HostCommand.Run("ip", "netns", "list").Output.Split('\n').Select(line => line.Split(' ')[0]))
        {
            if (Name().Match(name) is { Success: true } match && !IsRunning(match.Groups["id"].Value))
                Remove(name);
        }
    }

    /// <summary>
    /// Ends what still runs in a namespace, which would keep it alive without a name, and removes it; nothing happens where there is none.
    /// </summary>
    public static void Remove(string name)
    {
        try
        {
            foreach (var id in HostCommand.Run("ip", "netns", "pids", name).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                End(int.Parse(id, CultureInfo.InvariantCulture));
            HostCommand.Run("ip", "netns", "del", name);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Without ip there was never a namespace.
        }
    }

    private static bool IsRunning(string hexId) =>
        Directory.Exists($"/proc/{int.Parse(hexId, NumberStyles.HexNumber, CultureInfo.InvariantCulture)}");

    private static void End(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It ended by itself meanwhile.
        }
    }

    [GeneratedRegex($"^{Prefix}(?<id>[0-9a-f]{{1,7}})[ab]$")]
    private static partial Regex Name();
}
