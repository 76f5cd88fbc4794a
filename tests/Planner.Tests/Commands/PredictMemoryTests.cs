using System.Globalization;

namespace SlmPlanner.Planner.Tests.Commands;

/// <summary>What <c>predict</c> says of memory.</summary>
public sealed class PredictMemoryTests
{
    /// <summary>A 124M model needs little of 80 GiB; 7B parameters in fp32 states, 16 bytes each, are more than twice 40 GiB.</summary>
    /// <summary>
    /// 64 sequences of 1,024 tokens have logits of 64·1,024·50,257·10 bytes, 30.7 GiB, beside which there are weights and states, 4.6
    /// GiB at most; training covers one sequence. A bad field rejects its row alone.
    /// </summary>
    [Fact]
    public void A_row_may_say_how_many_sequences_it_is_evaluated_with()
    {
        const string Columns = "id,n_layers,d_model,n_heads,d_ffn,ffn_kind,vocab,tied_embeddings,seq_len,gpu,n_gpus,stack,precision,attention,parallelism,micro_batch_per_gpu,grad_accum,activation_checkpointing,compile,eval_batch\n";
        const string Row = "12,768,12,3072,gelu,50257,yes,1024,A100-80GB-SXM,1,hf-trainer,bf16-mixed,flash,single,1,1,none,no";
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $"{Columns}none,{Row},\none,{Row},1\nmany,{Row},64\nbad,{Row},1.5\n");
            var run = CommandRun.Of("predict", "--rows", path, "--out", "-");
            var lines = run.Output.Split('\n');
            var at = Array.IndexOf(lines[0].Split(','), "peak_memory_gib");
            var peaks = lines[1..4].Select(line => double.Parse(line.Split(',')[at], CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(peaks[0], peaks[1]);
            Assert.InRange(peaks[2], 30.7 + 2, 30.7 + 5);
            Assert.Contains("'eval_batch': '1.5' is not a whole number", lines[4], StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("12,768,12,12,3072,gelu,50257,yes,1024,A100-80GB-SXM", "yes")]
    [InlineData("32,4096,32,32,11008,swiglu,32000,no,1024,A100-40GB-SXM", "no")]
    public void Fits_is_a_word_and_a_probability(string row, string verdict)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "id,n_layers,d_model,n_heads,n_kv_heads,d_ffn,ffn_kind,vocab,tied_embeddings,seq_len,gpu,n_gpus,stack,precision,attention,parallelism,micro_batch_per_gpu,grad_accum,activation_checkpointing,compile\n"
                + $"row,{row},1,hf-trainer,bf16-mixed,flash,single,1,1,none,no\n");
            var run = CommandRun.Of("predict", "--rows", path, "--out", "-");
            var (header, fields) = (run.Output.Split('\n')[0].Split(','), run.Output.Split('\n')[1].Split(','));
            Assert.Equal(0, run.ExitCode);
            Assert.Equal(verdict, fields[Array.IndexOf(header, "fits")]);
            var probability = double.Parse(fields[Array.IndexOf(header, "fits_probability")], CultureInfo.InvariantCulture);
            Assert.InRange(probability, verdict == "yes" ? 0.99 : 0, verdict == "yes" ? 1 : 0.01);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
