namespace SlmPlanner.Planner.Tests.Commands;

public sealed class BadInputTests
{
    public static TheoryData<string, string> Mistakes => new()
    {
        { "--model slm-1c --tokens 20B", "did you mean slm-1b" },
        { "--model no/such/config.json --tokens 20B", "no/such/config.json" },
        { "--model slm-1b --tokens twenty", "--tokens is 'twenty', expected" },
        { "--model slm-1b --tokens 0", "tokens is 0, allowed" },
        { "--model slm-1b --tokens 1e30", "tokens is 1E+30, allowed" },
        { "--model slm-1b --tokens 2,5", "--tokens is '2,5', expected" },
        { "--model slm-1b --tokens 20B --budget NaN", "--budget is 'NaN', expected" },
        { "--model slm-1b --tokens 20B --budget=-5", "budget_usd is -5, allowed" },
        { "--model slm-1b --tokens 20B --deadline 7", "--deadline is '7', expected a duration with a unit" },
        { "--model slm-1b --tokens 20B --deadline 900w", "deadline_h is 151200, allowed" },
        { "--model slm-1b --tokens 20B --confidence 1.5", "confidence is 1.5, allowed" },
        { "--model slm-1b --tokens 20B --max-gpus many", "--max-gpus is 'many', expected a whole number" },
        { "--model slm-1b --tokens 20B --gpus H1000", "unknown GPU 'H1000'; did you mean" },
        { "--model slm-1b --tokens 20B --providers awss", "did you mean aws" },
        { "--model slm-1b --tokens 20B --precision bf16", "did you mean bf16-" },
        { "--model slm-1b --tokens 20B --objective money", "unknown value 'money'" },
        { "--model slm-1b --tokens 20B --seq-len 0", "seq_len is 0, allowed" },
        { "--model slm-1b --tokens 20B --eval-batch=-1", "eval_batch is -1, allowed 0 to 1000000" },
        { "--model slm-1b --tokens 20B --eval-batch many", "--eval-batch is 'many', expected a whole number" },
        { "--model slm-1b --tokens 20B --offers no-such.csv", "no-such.csv" },
        { "--model slm-1b --tokens 20B --profiles no-such-folder", "no-such-folder" },
        { "--model slm-1b --tokens 20B --set max_gpu=4", "did you mean max_gpus" },
        { "--tokens 20B", "model is missing" },
        { "--model slm-1b", "tokens are missing" },
        { "--tokens 20B --model", "--model needs a value" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_exits_2_with_one_message_and_no_output(string options, string message)
    {
        var run = CommandRun.Of(["plan", .. options.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(1, run.Errors.Split("error:").Length - 1);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_exits_2_and_prints_nothing()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(file, "in the way");
        try
        {
            var run = CommandRun.Of("plan", "--model", "slm-100m", "--tokens", "1B", "--out", Path.Combine(file, "out"));
            Assert.Equal(2, run.ExitCode);
            Assert.Equal("", run.Output);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
