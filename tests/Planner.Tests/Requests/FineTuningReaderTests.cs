using SlmPlanner.Core;
using SlmPlanner.Core.Samples;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Samples;
using SlmPlanner.Planner.Commands;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Presentation.CommandLine;
using SlmPlanner.Tests;
using O = SlmPlanner.Planner.Options.FineTuningOptions;

namespace SlmPlanner.Planner.Tests.Requests;

public sealed class FineTuningReaderTests
{
    private static readonly Lazy<Workbench> Bench = new(() => DataOptions.OpenBench(new(), TimeProvider.System));
    private static readonly Given Base = new Given().With(RequestOptions.Model, "llama-3.2-1b");

    [Fact]
    public void Nothing_said_is_training_from_the_start()
    {
        Assert.Null(Read(Base).Tuning);
        Assert.Null(Read(Base.With(O.Task, "pretrain")).Tuning);
        Assert.Equal(524_288, Read(Base).GlobalBatchTokens);
    }

    [Fact]
    public void An_option_of_fine_tuning_says_the_task_and_the_rest_has_its_usual_value()
    {
        Assert.Equal(new Tuning(TuningMethod.Full, 16, AdapterTargets.All), Read(Base.With(O.Task, "finetune")).Tuning);
        Assert.Equal(new Tuning(TuningMethod.Lora, 8, AdapterTargets.All), Read(Base.With(O.Rank, "8")).Tuning);
        Assert.Equal(new Tuning(TuningMethod.Freeze, 16, AdapterTargets.All, 0, 3), Read(Base.With(O.TrainedBlocks, "3")).Tuning);
        Assert.Equal(AdapterTargets.Query | AdapterTargets.Value,
            Read(Base.With(O.Method, "qlora").With(O.Targets, "q,v")).Tuning!.Value.Targets);
        Assert.Equal(Core.Planning.Requests.Objective.Balanced,
            Read(Base.With(O.Lengths, "100").With(RequestOptions.Budget, "50")).Objective);
        Assert.Equal(64 * 2048, Read(Base.With(O.Method, "lora")).GlobalBatchTokens);
        Assert.Equal(64 * 500, Read(Base.With(O.Lengths, "100:9,500:1").With(O.Packing, "padded")).GlobalBatchTokens);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_named()
    {
        Assert.Contains("--rank", Problem(Base.With(O.Task, "pretrain").With(O.Rank, "8")), StringComparison.Ordinal);
        Assert.Contains("allowed with --method lora or qlora", Problem(Base.With(O.Method, "full").With(O.Rank, "8")),
            StringComparison.Ordinal);
        Assert.Contains("--trained-blocks", Problem(Base.With(O.Method, "lora").With(O.TrainedBlocks, "2")), StringComparison.Ordinal);
        Assert.Contains("--tokens and --lengths", Problem(Base.With(O.Lengths, "100").With(RequestOptions.Tokens, "1B")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("samples.txt", "100\n100 3\n\n400\n", 5, 160, false)]
    [InlineData("samples.csv", "length,count\n100,4\n400,1\n", 5, 160, false)]
    [InlineData("samples.jsonl", "{\"num_tokens\": 100}\n{\"input_ids\": [1, 2, 3]}\n", 2, 51.5, false)]
    [InlineData("texts.jsonl", "{\"messages\": [{\"role\": \"user\", \"content\": \"12345678\"}, {\"content\": \"1234\"}]}\n", 1, 3, true)]
    [InlineData("alpaca.json", "[{\"instruction\": \"12345678\", \"input\": \"\", \"output\": \"1234567\"}]", 1, 4, true)]
    public void Lengths_are_read_from_files(string name, string text, double count, double mean, bool estimated)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        var lengths = LengthsText.Read(path);
        Assert.Equal((count, mean, estimated), (lengths.Count, lengths.Mean(1e9), lengths.Estimated));
    }

    [Theory]
    [InlineData("bad.txt", "100\nmany\n", "line 2")]
    [InlineData("bad.txt", "-5\n", "line 1")]
    [InlineData("bad.txt", "", "no samples")]
    [InlineData("bad.csv", "size\n100\n", "'length'")]
    [InlineData("bad.csv", "length\n0\n", "line 2")]
    [InlineData("bad.jsonl", "{\"length\": 100}\n{\"length\": \n", "line 2")]
    [InlineData("bad.jsonl", "{\"label\": 1}\n", "line 1")]
    [InlineData("bad.jsonl", "{\"length\": 1e99}\n", "allowed 1 to")]
    [InlineData("bad.json", "{\"text\": \"x\"}", "array")]
    [InlineData("bad.parquet", "PAR1", "JSON lines")]
    public void A_file_that_can_not_be_read_is_told_with_the_place(string name, string text, string place)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, name);
        File.WriteAllText(path, text);
        var problem = Assert.Throws<InputException>(() => LengthsText.Read(path)).Message;
        Assert.Contains(place, problem, StringComparison.Ordinal);
        Assert.StartsWith(path, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("100", 1, 100)]
    [InlineData("100:3, 500:1", 4, 200)]
    public void Lengths_are_read_from_a_histogram(string text, double count, double mean) =>
        Assert.Equal((count, mean), (LengthsText.Read(text).Count, LengthsText.Read(text).Mean(1e9)));

    [Theory]
    [InlineData("100:0")]
    [InlineData("0:5")]
    [InlineData("1:2:3")]
    [InlineData(",")]
    [InlineData("no-such-file.jsonl")]
    public void A_text_that_is_neither_is_refused_with_what_is_expected(string text) =>
        Assert.Contains("tokens:count", Assert.Throws<InputException>(() => LengthsText.Read(text)).Message, StringComparison.Ordinal);

    private static Core.Planning.Requests.PlanRequest Read(Given given) => Bench.Value.Requests.Read(given);

    private static string Problem(Given given) => Assert.Throws<InputException>(() => Read(given)).Message;
}
