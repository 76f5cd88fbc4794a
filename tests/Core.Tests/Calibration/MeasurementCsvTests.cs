using SlmPlanner.Core;
using SlmPlanner.Core.Calibration;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Tests.Calibration;

public sealed class MeasurementCsvTests
{
    private const string Header = "id,n_layers,d_model,seq_len,gpu,n_gpus,micro_batch_per_gpu,compile,tokens_per_sec_per_gpu";

    [Fact]
    public void A_bad_field_rejects_its_row_alone_and_names_line_column_and_value()
    {
        var rows = Read("a,12,768,1024,A100,1,8,no,1000", "b,12,wide,1024,A100,1,8,no,1000", "c,12,768,1024,A100,1,8.5,no,1000");
        Assert.NotNull(rows[0].Record);
        Assert.Contains("line 3, column 'd_model': 'wide'", rows[1].Problem, StringComparison.Ordinal);
        Assert.Contains("'8.5' is not a whole number", rows[2].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_keep_their_place_and_empty_fields_are_unknown()
    {
        var rows = Read("a,12,768,1024,A100,1,,,", "b,12,768,1024,A100,1,8,xla,5");
        Assert.Null(rows[0].Record!.MicroBatch);
        Assert.Null(rows[0].Record!.TokensPerSecondPerGpu);
        Assert.True(rows[1].Record!.Compile);
        Assert.Equal(["a", "b"], rows.Select(row => row.Id));
    }

    [Fact]
    public void A_file_without_a_needed_column_is_refused() =>
        Assert.Contains("'n_layers' is missing", Assert.Throws<InputException>(() => ReadText("id,d_model\nx,1\n")).Message, StringComparison.Ordinal);

    private static IReadOnlyList<MeasurementRow> Read(params string[] lines) => ReadText(string.Join('\n', lines.Prepend(Header)) + "\n");

    private static IReadOnlyList<MeasurementRow> ReadText(string text)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "rows.csv");
        File.WriteAllText(path, text);
        return MeasurementCsv.Read(path);
    }
}
