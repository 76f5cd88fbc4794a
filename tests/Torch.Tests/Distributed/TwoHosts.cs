using System.Globalization;
using SlmPlanner.Tests;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>
/// Two network namespaces of this machine as two hosts, joined by a virtual cable whose two ends send at a limited rate
/// (token bucket, tc-tbf(8)). Programs run on the first; mpirun reaches the second through an agent instead of ssh. The two share no
/// folder for temporary files: the second has an empty one of its own under the same name.
/// </summary>
internal sealed class TwoHosts : IDisposable
{
    private const string Subnet = "10.97.0";

    private static readonly string Tag = Environment.ProcessId.ToString("x", CultureInfo.InvariantCulture);
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _names = [$"{AbandonedHosts.Prefix}{Tag}a", $"{AbandonedHosts.Prefix}{Tag}b"];
    private int _gone;

    private TwoHosts() => AppDomain.CurrentDomain.ProcessExit += OnExit;

    /// <summary>mpirun's host file.</summary>
    public string HostFile => Path.Combine(_folder.Path, "hosts");

    /// <summary>Where each host keeps temporary files of its own.</summary>
    private string Temporary => Path.Combine(_folder.Path, "temporary");

    /// <summary>Joins two hosts; the test is skipped where namespaces are not allowed.</summary>
    /// <param name="megabits">Rate of the cable in each direction, Mbit/s.</param>
    public static TwoHosts Joined(int megabits)
    {
        var hosts = new TwoHosts();
        try
        {
            AbandonedHosts.Remove();
            hosts.Join(megabits);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            hosts.Dispose();
            Assert.Skip($"no two network namespaces with a shaped cable on this machine: {exception.Message}");
        }
        return hosts;
    }

    /// <summary>Runs a program on the first host, so that it starts its ranks on both.</summary>
    /// <returns>Its exit code, standard output and standard error.</returns>
    public (int Code, string Output, string Error) Run(string program, params string[] arguments)
    {
        var start = HostCommand.Quiet("ip", ["netns", "exec", _names[0], "unshare", "--uts", "sh", "-c",
            $"hostname {_names[0]}; exec \"$0\" \"$@\"", program, .. arguments]);
        start.Environment["TMPDIR"] = Temporary;
        start.Environment["OMPI_MCA_plm_rsh_agent"] = Path.Combine(_folder.Path, "agent");
        start.Environment["OMPI_MCA_btl"] = "tcp,self";
        start.Environment["OMPI_MCA_btl_tcp_if_include"] = $"{Subnet}.0/24";
        start.Environment["OMPI_MCA_oob_tcp_if_include"] = $"{Subnet}.0/24";
        return HostCommand.Finish(start, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _gone, 1) == 1)
            return;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        foreach (var name in _names)
            AbandonedHosts.Remove(name);
        _folder.Dispose();
    }

    private void OnExit(object? sender, EventArgs e) => Dispose();

    private void Join(int megabits)
    {
        string[] ends = [$"v{Tag}a", $"v{Tag}b"];
        foreach (var name in _names)
            Do("ip", "netns", "add", name);
        Do("ip", "link", "add", ends[0], "netns", _names[0], "type", "veth", "peer", "name", ends[1], "netns", _names[1]);
        for (var host = 0; host < ends.Length; host++)
        {
            Do("ip", "-n", _names[host], "addr", "add", $"{Subnet}.{host + 1}/24", "dev", ends[host]);
            Do("ip", "-n", _names[host], "link", "set", "lo", "up");
            Do("ip", "-n", _names[host], "link", "set", ends[host], "up");
            Do("ip", "netns", "exec", _names[host], "tc", "qdisc", "add", "dev", ends[host], "root", "tbf", "rate", $"{megabits}mbit",
                "burst", $"{BurstBytes(megabits)}", "latency", "50ms");
        }
        Directory.CreateDirectory(Temporary);
        File.WriteAllText(HostFile, $"{Subnet}.1 slots=1\n{Subnet}.2 slots=1\n");
        var start = $"mount -t tmpfs none {Temporary} && hostname {_names[1]} && $*";
        var agent = _folder.Write("agent", $"#!/bin/sh\nshift\nexec ip netns exec {_names[1]} unshare --uts --mount sh -c \"{start}\"\n");
        Do("chmod", "+x", agent);
    }

    /// <summary>
    /// Bytes that may go at once: what 2 ms carry. While a rank computes the bucket fills again, so a larger one would let the start of
    /// every message through unshaped; from a smaller one tokens are lost whenever a virtual machine pauses.
    /// </summary>
    private static long BurstBytes(int megabits) => 2 * 125L * megabits;

    private static void Do(string program, params string[] arguments)
    {
        var (code, _, error) = HostCommand.Run(program, arguments);
        if (code != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error.Trim()}");
    }
}
