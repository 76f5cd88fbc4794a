using System.Runtime.InteropServices;
using SlmPlanner.Calibrator.Loading;

namespace SlmPlanner.Calibrator.Tests.Loading;

public sealed class FoundLibrariesTests
{
    [Fact]
    public void Each_name_leads_to_its_own_library_and_others_to_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "loads libraries of Linux");
        var (c, m) = (NativeLibrary.Load("libc.so.6"), NativeLibrary.Load("libm.so.6"));
        FoundLibraries.Add("slm-test-c", c);
        FoundLibraries.Add("slm-test-m", m);
        Assert.Equal((c, m), (Load("slm-test-c"), Load("slm-test-m")));
        Assert.Throws<DllNotFoundException>(() => Load("slm-test-none"));
    }

    private static nint Load(string name) => NativeLibrary.Load(name, typeof(FoundLibraries).Assembly, null);
}
