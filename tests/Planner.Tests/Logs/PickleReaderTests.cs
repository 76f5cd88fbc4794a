using CsCheck;
using SlmPlanner.Core;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Logs.Config.Pickles;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>Pickles as Python's own module writes them, one of each protocol, and what is left of one that is damaged.</summary>
public sealed class PickleReaderTests
{
    /// <summary>Python's <c>pickle.dumps</c> of one dictionary with protocols 0 to 5.</summary>
    [Theory]
    [InlineData("KGRwMApWdGV4dApwMQpWYeQgYgpwMgpzVmNvdW50CnAzCkkzMDAKc1ZiZWxvdwpwNApJLTcKc1ZiaWcKcDUKTDg1ODk5MzQ1OTJMCnNWc2hhcm"
        + "UKcDYKRjAuMjUKc1Zub25lCnA3Ck5zVm9uCnA4CkkwMQpzVm9mZgpwOQpJMDAKc1ZsaXN0CnAxMAoobHAxMQpJMQphSTIKYUkzCmFzVnBhaXIK"
        + "cDEyCihJMQpWeApwMTMKdHAxNApzVmlubmVyCnAxNQooZHAxNgpWZGVlcApwMTcKKGxwMTgKKGRwMTkKVmsKcDIwClZ2CnAyMQpzYXNzVmFnYW"
        + "luCnAyMgpnMTEKcy4=")]
    [InlineData("fXEAKFgEAAAAdGV4dHEBWAUAAABhw6QgYnECWAUAAABjb3VudHEDTSwBWAUAAABiZWxvd3EESvn///9YAwAAAGJpZ3EFTDg1ODk5MzQ1OTJMCl"
        + "gFAAAAc2hhcmVxBkc/0AAAAAAAAFgEAAAAbm9uZXEHTlgCAAAAb25xCEkwMQpYAwAAAG9mZnEJSTAwClgEAAAAbGlzdHEKXXELKEsBSwJLA2VY"
        + "BAAAAHBhaXJxDChLAVgBAAAAeHENdHEOWAUAAABpbm5lcnEPfXEQWAQAAABkZWVwcRFdcRJ9cRNYAQAAAGtxFFgBAAAAdnEVc2FzWAUAAABhZ2"
        + "FpbnEWaAt1Lg==")]
    [InlineData("gAJ9cQAoWAQAAAB0ZXh0cQFYBQAAAGHDpCBicQJYBQAAAGNvdW50cQNNLAFYBQAAAGJlbG93cQRK+f///1gDAAAAYmlncQWKBQAAAAACWAUAAA"
        + "BzaGFyZXEGRz/QAAAAAAAAWAQAAABub25lcQdOWAIAAABvbnEIiFgDAAAAb2ZmcQmJWAQAAABsaXN0cQpdcQsoSwFLAksDZVgEAAAAcGFpcnEM"
        + "SwFYAQAAAHhxDYZxDlgFAAAAaW5uZXJxD31xEFgEAAAAZGVlcHERXXESfXETWAEAAABrcRRYAQAAAHZxFXNhc1gFAAAAYWdhaW5xFmgLdS4=")]
    [InlineData("gAN9cQAoWAQAAAB0ZXh0cQFYBQAAAGHDpCBicQJYBQAAAGNvdW50cQNNLAFYBQAAAGJlbG93cQRK+f///1gDAAAAYmlncQWKBQAAAAACWAUAAA"
        + "BzaGFyZXEGRz/QAAAAAAAAWAQAAABub25lcQdOWAIAAABvbnEIiFgDAAAAb2ZmcQmJWAQAAABsaXN0cQpdcQsoSwFLAksDZVgEAAAAcGFpcnEM"
        + "SwFYAQAAAHhxDYZxDlgFAAAAaW5uZXJxD31xEFgEAAAAZGVlcHERXXESfXETWAEAAABrcRRYAQAAAHZxFXNhc1gFAAAAYWdhaW5xFmgLdS4=")]
    [InlineData("gASVqQAAAAAAAAB9lCiMBHRleHSUjAVhw6QgYpSMBWNvdW50lE0sAYwFYmVsb3eUSvn///+MA2JpZ5SKBQAAAAACjAVzaGFyZZRHP9AAAAAAAA"
        + "CMBG5vbmWUTowCb26UiIwDb2ZmlImMBGxpc3SUXZQoSwFLAksDZYwEcGFpcpRLAYwBeJSGlIwFaW5uZXKUfZSMBGRlZXCUXZR9lIwBa5SMAXaU"
        + "c2FzjAVhZ2FpbpRoC3Uu")]
    [InlineData("gAWVqQAAAAAAAAB9lCiMBHRleHSUjAVhw6QgYpSMBWNvdW50lE0sAYwFYmVsb3eUSvn///+MA2JpZ5SKBQAAAAACjAVzaGFyZZRHP9AAAAAAAA"
        + "CMBG5vbmWUTowCb26UiIwDb2ZmlImMBGxpc3SUXZQoSwFLAksDZYwEcGFpcpRLAYwBeJSGlIwFaW5uZXKUfZSMBGRlZXCUXZR9lIwBa5SMAXaU"
        + "c2FzjAVhZ2FpbpRoC3Uu")]
    public void What_Python_wrote_is_read(string pickle)
    {
        var read = Assert.IsType<Dictionary<object, object?>>(PickleReader.Read(Convert.FromBase64String(pickle)));
        Assert.Equal(12, read.Count);
        Assert.Equal(("aä b", 300L, -7L, 1L << 33, 0.25, null, true, false),
            (read["text"], read["count"], read["below"], read["big"], read["share"], read["none"], read["on"], read["off"]));
        Assert.Equal([1L, 2L, 3L], Assert.IsType<List<object?>>(read["list"]));
        Assert.Equal([1L, "x"], Assert.IsType<List<object?>>(read["pair"]));
        Assert.Same(read["list"], read["again"]);
        var deep = Assert.Single(Assert.IsType<List<object?>>(Assert.IsType<Dictionary<object, object?>>(read["inner"])["deep"]));
        Assert.Equal("v", Assert.IsType<Dictionary<object, object?>>(deep)["k"]);
    }

    /// <summary>A pickle that Python would run a command for: <c>os.system("echo")</c>. Here it is a name and a word.</summary>
    [Fact]
    public void Nothing_is_run()
    {
        var read = Assert.IsType<PickledObject>(PickleReader.Read("cos\nsystem\n(S'echo'\ntR."u8.ToArray()));
        Assert.Equal(("os.system", "echo"), (read.Maker, read.Word));
    }

    [Fact]
    public void What_no_plain_data_needs_is_refused() => Assert.Equal("pickle with opcode 0x82 at byte 2, which is not read",
        Assert.Throws<InputException>(() => PickleReader.Read([0x80, 2, 0x82, 1, (byte)'.'])).Message);

    [Fact]
    public void A_damaged_file_is_read_or_refused()
    {
        var file = File.ReadAllBytes(LogFixtures.Of("configs/training_args.bin"));
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "training_args.bin");
        Gen.Select(Gen.Int[0, file.Length - 1].Array[1, 8], Gen.Byte.Array[8], Gen.Int[0, 4]).Sample((places, bytes, cut) =>
        {
            byte[] damaged = [.. file];
            foreach (var (index, place) in places.Index())
                damaged[place] = bytes[index];
            File.WriteAllBytes(path, cut == 0 ? damaged[..places[0]] : damaged);
            try
            {
                Assert.NotNull(TrainingArgsFile.Pairs(path));
            }
            catch (InputException exception)
            {
                Assert.Contains("training_args.bin", exception.Message, StringComparison.Ordinal);
            }
        }, iter: 2000, threads: 1);
    }

    /// <summary>The same without the zip around it, whose checksums catch most damage before.</summary>
    [Theory]
    [InlineData("gAJ9cQAoWAQAAAB0ZXh0cQFYBQAAAGHDpCBicQJYBQAAAGNvdW50cQNNLAFYBQAAAGJlbG93cQRK+f///1gDAAAAYmlncQWKBQAAAAACWAUAAA"
        + "BzaGFyZXEGRz/QAAAAAAAAWAQAAABub25lcQdOWAIAAABvbnEIiFgDAAAAb2ZmcQmJWAQAAABsaXN0cQpdcQsoSwFLAksDZVgEAAAAcGFpcnEM"
        + "SwFYAQAAAHhxDYZxDlgFAAAAaW5uZXJxD31xEFgEAAAAZGVlcHERXXESfXETWAEAAABrcRRYAQAAAHZxFXNhc1gFAAAAYWdhaW5xFmgLdS4=")]
    public void A_damaged_pickle_is_read_or_refused(string pickle)
    {
        var whole = Convert.FromBase64String(pickle);
        Gen.Select(Gen.Int[0, whole.Length - 1].Array[1, 6], Gen.Byte.Array[6]).Sample((places, bytes) =>
        {
            byte[] damaged = [.. whole];
            foreach (var (index, place) in places.Index())
                damaged[place] = bytes[index];
            try
            {
                PickleReader.Read(damaged);
            }
            catch (InputException exception)
            {
                Assert.Contains("pickle", exception.Message, StringComparison.Ordinal);
            }
        }, iter: 20_000, threads: 1);
    }
}
