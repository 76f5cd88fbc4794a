using SlmPlanner.Core;
using SlmPlanner.Core.Measurements;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Tests.Measurements;

public sealed class MeasurementCsvTests
{
    private const string Columns = "id,n_layers,d_model,seq_len,gpu,n_gpus";
    private const string Header = "id,n_layers,d_model,seq_len,gpu,n_gpus,micro_batch_per_gpu,compile,tokens_per_sec_per_gpu";

    [Fact]
    public void A_bad_field_rejects_its_row_alone_and_names_line_column_and_value()
    {
        var rows = Read("a,12,768,1024,A100,1,8,no,1000", "b,12,wide,1024,A100,1,8,no,1000", "c,12,768,1024,A100,1,8.5,no,1000");
        Assert.NotNull(rows[0].Observation);
        Assert.Contains("line 3, column 'd_model': 'wide'", rows[1].Problem, StringComparison.Ordinal);
        Assert.Contains("'8.5' is not a whole number", rows[2].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_keep_their_place_and_empty_fields_are_unknown()
    {
        var rows = Read("a,12,768,1024,A100,1,,,", "b,12,768,1024,A100,1,8,xla,5");
        Assert.Null(rows[0].Observation!.Recipe.MicroBatch);
        Assert.Null(rows[0].Observation!.TokensPerSecondPerGpu);
        Assert.True(rows[1].Observation!.Stack.Compile);
        Assert.Equal(["a", "b"], rows.Select(row => row.Name));
    }

    [Fact]
    public void A_file_without_a_needed_column_is_refused() =>
        Assert.Contains("'n_layers' is missing", Assert.Throws<InputException>(() => ReadText("id,d_model\nx,1\n")).Message,
            StringComparison.Ordinal);

    /// <summary>geglu has three matrices, relu two; a word that nobody knows must not become one of them.</summary>
    [Theory]
    [InlineData("relu", FfnKind.Gelu)]
    [InlineData("geglu", FfnKind.Swiglu)]
    [InlineData("SwiGLU", FfnKind.Swiglu)]
    public void Feed_forward_networks_are_known_by_their_gate(string word, FfnKind kind) =>
        Assert.Equal(kind, Assert.Single(ReadText($"{Columns},ffn_kind\na,12,768,1024,A100,1,{word}\n")).Observation!.Model.FfnKind);

    [Theory]
    [InlineData("ffn_kind", "mixer", "line 2: ffn_kind 'mixer' is unknown; allowed gelu")]
    [InlineData("precision", "posit8", "line 2: precision 'posit8' is unknown; allowed bf16")]
    [InlineData("peak_mem_unit", "pages", "line 2: peak_mem_unit 'pages' is unknown; allowed GB")]
    [InlineData("peak_mem_kind", "felt", "line 2: peak_mem_kind 'felt' is unknown; allowed allocated")]
    [InlineData("compile", "jit", "line 2: compile 'jit' is unknown; allowed yes, no")]
    [InlineData("fits", "maybe", "line 2: fits 'maybe' is unknown; allowed yes")]
    [InlineData("zero1_ranks", "-1", "column 'zero1_ranks': '-1' must be 0..1000000")]
    public void An_unknown_word_rejects_its_row_and_says_what_is_allowed(string column, string word, string message)
    {
        var row = Assert.Single(ReadText($"{Columns},{column}\na,12,768,1024,A100,1,{word}\n"));
        Assert.Null(row.Observation);
        Assert.Contains(message, row.Problem, StringComparison.Ordinal);
    }

    /// <summary>What says that nobody knows is as good as nothing, in words and in numbers.</summary>
    [Theory]
    [InlineData("?")]
    [InlineData("-")]
    [InlineData("n/a")]
    [InlineData("unknown")]
    public void A_field_may_say_that_it_is_not_known(string word)
    {
        var seen = Assert.Single(ReadText($"{Columns},vocab,micro_batch_per_gpu,precision,attention,compile,stack,notes\n"
            + $"a,12,768,1024,A100,1,{word},{word},{word},{word},{word},{word},{word}\n")).Observation!;
        Assert.Equal((null, null, null, null), (seen.Model.Vocab, seen.Recipe.MicroBatch, seen.Recipe.Precision, seen.Recipe.Attention));
        Assert.Equal((null, null, null, null), (seen.Recipe.AttentionKernel, seen.Stack.Compile, seen.Stack.Name, seen.Notes));
    }

    /// <summary>Notes are how files without the column have it.</summary>
    [Theory]
    [InlineData("zero1=-1; micro batch per rank", 0)]
    [InlineData("fast; zero1=8", 8)]
    [InlineData("fast", null)]
    public void Notes_tell_zero1_ranks_where_there_is_no_column(string notes, int? ranks) =>
        Assert.Equal(ranks, Assert.Single(ReadText($"{Columns},notes\na,12,768,1024,A100,1,{notes}\n")).Observation!.Mesh.Zero1Ranks);

    [Theory]
    [InlineData("4", 4)]
    [InlineData("0", 0)]
    [InlineData("", null)]
    public void Zero1_ranks_have_a_column_beside_which_notes_are_only_notes(string column, int? ranks) =>
        Assert.Equal(ranks, Assert.Single(ReadText($"{Columns},zero1_ranks,notes\na,12,768,1024,A100,1,{column},fast; zero1=8\n")).Observation!.Mesh.Zero1Ranks);

    [Fact]
    public void Experts_and_windows_have_columns()
    {
        var columns = $"{Columns},n_experts,experts_per_token,d_expert,d_shared_experts,dense_layers,window,full_every";
        var rows = ReadText($"{columns}\na,12,768,1024,A100,1,8,2,96,32,1,512,6\n"
            + "b,12,768,1024,A100,1,8,2,96,,,512,\nc,12,768,1024,A100,1,,,,,,,\n"
            + "d,12,768,1024,A100,1,8,9,96,,,,\ne,12,768,1024,A100,1,8,,96,,,,\n");
        Assert.Equal((new(8, 2, 96, 32, 1), new(512, 6)), (rows[0].Observation!.Model.Experts, rows[0].Observation!.Model.Windows));
        Assert.Equal((new(8, 2, 96), new(512)), (rows[1].Observation!.Model.Experts, rows[1].Observation!.Model.Windows));
        Assert.Equal((null, null), (rows[2].Observation!.Model.Experts, rows[2].Observation!.Model.Windows));
        Assert.Contains("experts_per_token", rows[3].Problem, StringComparison.Ordinal);
        Assert.Contains("experts_per_token", rows[4].Problem, StringComparison.Ordinal);
    }

    /// <summary>10 GB are 10^10 bytes, 9.313 GiB; what does not say is GiB, as most sources print.</summary>
    [Theory]
    [InlineData("10", "", 10)]
    [InlineData("10", "GiB", 10)]
    [InlineData("10", "GB", 9.3132257)]
    [InlineData("10240", "MiB", 10)]
    public void Peaks_are_kept_in_gib_with_unit_and_kind(string peak, string unit, double gib)
    {
        var memory = Assert.Single(ReadText($"{Columns},peak_mem_gb,peak_mem_unit,peak_mem_kind,fits,optimizer\na,12,768,1024,A100,1,{peak},{unit},reserved,borderline,lion\n"))
            .Observation!;
        Assert.Equal(gib, memory.Memory!.PeakGib!.Value, 6);
        Assert.Equal((MemoryKind.Reserved, FitOutcome.Borderline), (memory.Memory.Kind, memory.Memory.Fits));
        Assert.Equal("lion", memory.Recipe.Optimizer);
    }

    private static IReadOnlyList<MeasurementRow> Read(params string[] lines) => ReadText(string.Join('\n', lines.Prepend(Header)) + "\n");

    private static IReadOnlyList<MeasurementRow> ReadText(string text)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "rows.csv");
        File.WriteAllText(path, text);
        return MeasurementCsv.Read(path);
    }
}
