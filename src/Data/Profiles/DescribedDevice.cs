using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Hardware;
using SlmPlanner.Core.Text;

namespace SlmPlanner.Data.Profiles;

/// <summary>
/// A device that nobody has a file of, described in a line: <c>name=X1,bf16_tflops=200,bandwidth_gb_s=1000,memory_gib=32</c>.
/// </summary>
public static class DescribedDevice
{
    private const double Largest = 1e7;

    private static readonly string[] Numbers =
    [
        "memory_gib", "bandwidth_gb_s", "bf16_tflops", "fp16_tflops", "tf32_tflops", "fp32_tflops", "fp8_tflops", "fp4_tflops",
        "nvlink_gb_s",
        "pcie_gen", "tdp_w", "sm_count",
    ];

    private static readonly string[] Words = ["name", "architecture", "form_factor"];

    /// <summary>The fields that may be given.</summary>
    internal static IEnumerable<string> Fields => [.. Words, .. Numbers];

    /// <summary>Reads the line.</summary>
    /// <exception cref="InputException">A field is unknown, given twice, missing or out of its range.</exception>
    public static Accelerator Parse(string line)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                ? (part[..at].Trim().ToLowerInvariant(), part[(at + 1)..].Trim())
                : throw new InputException($"--device: '{part}' is not understood; needed FIELD=VALUE, as in memory_gib=24");
            if (!Fields.Contains(key))
                throw new InputException($"--device: {NearestNames.Unknown("field", key, Fields)}");
            if (!given.TryAdd(key, value))
                throw new InputException($"--device: {key} is given twice");
        }
        var device = new Accelerator
        {
            Name = given.GetValueOrDefault("name") is { Length: > 0 } name ? name : throw Missing("name"),
            MemoryGib = Number("memory_gib") ?? throw Missing("memory_gib"),
            MemoryBandwidthGbS = Number("bandwidth_gb_s") ?? throw Missing("bandwidth_gb_s"),
            Bf16Tflops = Number("bf16_tflops"),
            Fp16Tflops = Number("fp16_tflops") ?? Number("bf16_tflops"),
            Tf32Tflops = Number("tf32_tflops"),
            Fp32Tflops = Number("fp32_tflops"),
            Fp8Tflops = Number("fp8_tflops"),
            Fp4Tflops = Number("fp4_tflops"),
            NvlinkGbS = Number("nvlink_gb_s"),
            PcieGen = (int?)Number("pcie_gen") ?? 4,
            TdpW = Number("tdp_w"),
            SmCount = (int?)Number("sm_count"),
            Architecture = given.GetValueOrDefault("architecture"),
            FormFactor = given.GetValueOrDefault("form_factor") ?? "PCIe",
            ArchitectureHasFlash = true,
        };
        return device.IsPredictable() ? device
            : throw new InputException("--device: no rate of multiplies is given; needed one of bf16_tflops, fp16_tflops, fp32_tflops");

        double? Number(string key) => given.GetValueOrDefault(key) is not { } text ? null
            : double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > 0 && value <= Largest ? value
            : throw new InputException($"--device: {key} '{text}' must be a number above 0 and at most {Largest:0}");

        static InputException Missing(string key) =>
            new($"--device: {key} is missing; needed name, memory_gib, bandwidth_gb_s and a rate such as bf16_tflops");
    }
}
