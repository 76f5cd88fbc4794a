using System.Text;
using CsCheck;
using SlmPlanner.Core;
using SlmPlanner.Data.Csv;

namespace SlmPlanner.Tests.Tables;

public sealed class CsvRowsTests
{
    [Fact]
    public void Lines_count_newlines_inside_quotes_and_blank_lines()
    {
        using var rows = CsvRows.Read(new StringReader("a,b\n1,\"x\ny\"\n\n3,4\n"), "t.csv");
        Assert.True(rows.Next());
        Assert.Equal(2, rows.Line);
        Assert.Equal("x\ny", rows.Text(1));
        Assert.True(rows.Next());
        Assert.Equal(5, rows.Line);
        Assert.False(rows.Next());
    }

    [Theory]
    [InlineData("", "t.csv is empty")]
    [InlineData("a,A\n1,2\n", "'a' occurs twice")]
    [InlineData("a,b\n1,\"x\n", "line 2")]
    [InlineData("a,b\n1,2\n1,\"x\"y\n", "line 3")]
    [InlineData("a,b\n1,x\n", "line 2, column 'b': 'x' is not a number")]
    [InlineData("a,b\n1,NaN\n", "column 'b': 'NaN' is not a number")]
    [InlineData("a,b\n1,-1\n", "must be 0..10")]
    [InlineData("a,b\n1,2,3\n", "3 fields, the header has 2")]
    public void Complaints_name_file_line_and_column(string text, string part)
    {
        var message = Assert.Throws<InputException>(() =>
        {
            using var rows = CsvRows.Read(new StringReader(text), "t.csv");
            while (rows.Next())
            {
                rows.RequireWholeRow();
                rows.Number(1, 0, 10);
            }
        }).Message;
        Assert.Contains("t.csv", message, StringComparison.Ordinal);
        Assert.Contains(part, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused()
    {
        var latin = Encoding.Latin1.GetBytes("a,b\n1,Zürich\n");
        var message = Assert.Throws<InputException>(() =>
        {
            using var rows = CsvRows.Read(new MemoryStream(latin), "t.csv");
            rows.Next();
        }).Message;
        Assert.Contains("not UTF-8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_left_open_is_refused_without_reading_the_whole_file()
    {
        using var endless = new EndlessText("a,b\n1,\"");
        var message = Assert.Throws<InputException>(() =>
        {
            using var rows = CsvRows.Read(endless, "t.csv");
            rows.Next();
        }).Message;
        Assert.Contains("is a quote left open?", message, StringComparison.Ordinal);
        Assert.True(endless.Given > 0 && endless.Given < 8 * CsvRows.LongestRow);
    }

    [Fact]
    public void No_bytes_make_the_reader_fail_in_any_other_way() =>
        Gen.OneOf(Gen.Const((byte)'"'), Gen.Const((byte)','), Gen.Const((byte)'\n'), Gen.Byte).Array[0, 200].Sample(bytes =>
        {
            try
            {
                using var rows = CsvRows.Read(new MemoryStream(bytes), "t.csv");
                while (rows.Next())
                    rows.Number(rows.Columns.Count - 1, 0, 1);
            }
            catch (InputException)
            {
            }
        }, iter: 2_000);

    private sealed class EndlessText(string start) : Stream
    {
        private readonly byte[] _start = Encoding.UTF8.GetBytes(start);

        public long Given { get; private set; }

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++)
                buffer[offset + i] = Given + i < _start.Length ? _start[(int)Given + i] : (byte)'x';
            Given += count;
            return count;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
