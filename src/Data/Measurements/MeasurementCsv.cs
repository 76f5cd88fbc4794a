using SlmPlanner.Core;
using SlmPlanner.Core.Calibration;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Data.Measurements;

/// <summary>Reads files with the columns of <c>measured.csv</c>. Columns must exist; a bad field rejects its row alone, with the reason.</summary>
public static class MeasurementCsv
{
    private const int Many = 100_000_000;

    /// <summary>All rows in the order of the file.</summary>
    /// <exception cref="InputException">The file is missing, is no CSV or lacks a column.</exception>
    public static IReadOnlyList<MeasurementRow> Read(string path)
    {
        using var rows = CsvRows.Open(path);
        var columns = new MeasurementColumns(rows);
        var read = new List<MeasurementRow>();
        while (rows.Next())
            read.Add(Row(rows, columns));
        return read;
    }

    private static MeasurementRow Row(CsvRows rows, MeasurementColumns columns)
    {
        var id = rows.Text(columns.Id);
        try
        {
            rows.RequireWholeRow();
            return new(rows.Name, rows.Line, id, Record(rows, columns, id), null);
        }
        catch (InputException exception)
        {
            return new(rows.Name, rows.Line, id, null, exception.Message);
        }
    }

    private static MeasurementRecord Record(CsvRows rows, MeasurementColumns at, string id) => new()
    {
        Id = id.Length > 0 ? id : throw rows.Bad(at.Id, "is empty, every row needs a name"),
        Source = Text(rows, at.Source),
        Date = Text(rows, at.Date),
        Stack = Text(rows, at.Stack),
        ModelName = Text(rows, at.ModelName),
        Parameters = rows.Number(at.Params, 1e3, 1e15),
        Layers = Whole(rows, at.Layers, 1000) ?? throw rows.Bad(at.Layers, "is needed"),
        DModel = Whole(rows, at.DModel, 65_536) ?? throw rows.Bad(at.DModel, "is needed"),
        Heads = Whole(rows, at.Heads, 1024),
        KvHeads = Whole(rows, at.KvHeads, 1024),
        DFfn = Whole(rows, at.DFfn, 1 << 20),
        FfnKind = Text(rows, at.FfnKind),
        Vocab = Whole(rows, at.Vocab, 10_000_000),
        TiedEmbeddings = YesNo(rows, at.Tied),
        SeqLen = Whole(rows, at.SeqLen, Many) ?? throw rows.Bad(at.SeqLen, "is needed"),
        Gpu = Text(rows, at.Gpu) ?? throw rows.Bad(at.Gpu, "is needed"),
        Gpus = Whole(rows, at.Gpus, 1_000_000) ?? throw rows.Bad(at.Gpus, "is needed"),
        GpusPerNode = Whole(rows, at.GpusPerNode, 1024),
        InterNodeGbitS = rows.Number(at.InterNode, 0.01, 1e6),
        Precision = Text(rows, at.Precision),
        Attention = Text(rows, at.Attention),
        Parallelism = Text(rows, at.Parallelism),
        MicroBatch = Whole(rows, at.MicroBatch, 1_000_000),
        GradAccum = Whole(rows, at.GradAccum, 1_000_000),
        Recomputation = Text(rows, at.Recomputation),
        Compile = YesNo(rows, at.Compile),
        TokensPerSecondPerGpu = rows.Number(at.Speed, 1e-3, 1e12),
        PeakMemoryBytes = rows.Number(at.PeakMemory, 1e-3, 1e9) * PeakMemoryWords.BytesOf(rows, at.PeakUnit),
        PeakMemoryKind = PeakMemoryWords.KindOf(rows, at.PeakKind),
        DeviceMemoryGib = rows.Number(at.DeviceMemory, 0.1, 1e5),
        Fits = YesNo(rows, at.Fits),
        LeftOut = Text(rows, at.LeftOut),
        Notes = Text(rows, at.Notes),
    };

    private static string? Text(CsvRows rows, int? column) => rows.Text(column) is { Length: > 0 } text ? text : null;

    private static int? Whole(CsvRows rows, int? column, int most) => rows.Number(column, 1, most) switch
    {
        null => null,
        { } number when number == Math.Floor(number) => (int)number,
        _ => throw rows.Bad(column, "is not a whole number"),
    };

    /// <summary>A compiler's name counts as yes: <c>xla</c> always compiles.</summary>
    private static bool? YesNo(CsvRows rows, int? column) => rows.Text(column).ToLowerInvariant() switch
    {
        "" => null,
        "yes" or "true" or "1" or "xla" => true,
        "no" or "false" or "0" => false,
        _ => throw rows.Bad(column, "is neither yes nor no"),
    };
}
