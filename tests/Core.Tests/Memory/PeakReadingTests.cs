using SlmPlanner.Core.Measurements;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Tests.Memory;

/// <summary>Printed peaks become bytes once, by unit, and keep their kind.</summary>
public sealed class PeakReadingTests
{
    [Theory]
    [InlineData("20,GB,allocated", 2e10, MemoryKind.Allocated)]
    [InlineData("20,GiB,reserved", 21_474_836_480.0, MemoryKind.Reserved)]
    [InlineData("20,,", 21_474_836_480.0, null)]
    [InlineData("20000,MiB,device", 20_971_520_000.0, MemoryKind.Device)]
    [InlineData("20,1000MiB,allocated", 20_971_520_000.0, MemoryKind.Allocated)]
    [InlineData("20000,MB,device", 2e10, MemoryKind.Device)]
    public void A_unit_is_read(string fields, double bytes, MemoryKind? kind)
    {
        var memory = Read(fields).Observation!.Memory!;
        Assert.Equal(bytes, memory.PeakGib!.Value * (1L << 30), 1);
        Assert.Equal(kind, memory.Kind);
    }

    [Theory]
    [InlineData("20,KiB,device", "peak_mem_unit")]
    [InlineData("20,GB,guess", "peak_mem_kind")]
    public void An_unknown_word_rejects_its_row(string fields, string problem) =>
        Assert.Contains(problem, Read(fields).Problem, StringComparison.Ordinal);

    private static SlmPlanner.Core.Measurements.MeasurementRow Read(string fields)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $"id,n_layers,d_model,seq_len,gpu,n_gpus,peak_mem_gb,peak_mem_unit,peak_mem_kind\nrow,12,768,1024,A100-80GB-SXM,1,{fields}\n");
            return Assert.Single(MeasurementCsv.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
