using System.Diagnostics;

namespace SlmPlanner.Web.Tests.Browsing;

/// <summary>Debian's Chromium: found, or installed where this process may.</summary>
internal static class ChromiumPackage
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Its program, or why there is none.</summary>
    public static (string? Program, string WhyNot) Provide()
    {
        if (Find() is { } found)
            return (found, "");
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root" || !File.Exists("/usr/bin/apt-get"))
            return (null, "no Chromium here, and only root on Debian can install it: apt-get install chromium");
        var installed = Apt("update") && Apt("install", "-y", "--no-install-recommends", "chromium");
        return installed && Find() is { } program ? (program, "") : (null, "no Chromium here, and apt-get install chromium failed");
    }

    private static string? Find() => Places.FirstOrDefault(File.Exists);

    private static bool Apt(params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("apt-get", arguments) { RedirectStandardOutput = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process.WaitForExit(Patience) && process.ExitCode == 0;
    }
}
