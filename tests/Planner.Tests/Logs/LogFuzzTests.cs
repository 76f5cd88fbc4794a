using System.Diagnostics;
using System.Globalization;
using SlmPlanner.Core;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Tables;
using SlmPlanner.Data.Logs;
using SlmPlanner.Data.Logs.Config;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Presentation.Runs;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>
/// Mutated logs and configurations: no crash, no hang, no number that is none. <c>eng/fuzz-logs</c> runs ten thousand, with the number in
/// SLM_FUZZ_LOGS.
/// </summary>
public sealed class LogFuzzTests
{
    private const int Usual = 300;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_mutated_log_is_read_or_refused()
    {
        var store = ProfileStore.Open(Repository.Profiles);
        var observer = new RunObserver(store.Devices, store.Models);
        byte[][] logs =
        [
            .. Directory.EnumerateFiles(LogFixtures.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(File.ReadAllBytes),
        ];
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < Count; seed++)
        {
            var random = new Random(seed);
            var path = Path.Combine(folder.Path, "run.log");
            File.WriteAllBytes(path, Mutated(logs[random.Next(logs.Length)], logs, random));
            var watch = Stopwatch.StartNew();
            var run = observer.Observe(new RunReader(new Dictionary<string, Metric>()).Read([path]), [], new RunFacts(), null);
            var learned = LearnedRun.Of(run, []);
            // The writer refuses NaN and infinity.
            Assert.NotEmpty(LearnJson.Write(new(1, true, null, [learned])));
            Assert.NotEmpty(LearnText.Write(new(1, true, null, [learned])));
            Assert.True(watch.Elapsed < Patience, $"seed {seed} took {watch.Elapsed}");
        }
    }

    /// <summary>Configurations, each in the language that its name tells.</summary>
    private static readonly (string Name, string Text)[] Configs =
    [
        ("config.yaml", "# gpu: A100-80GB-SXM\nmodel: &m {n_layer: 12, n_embd: 768}\ncopy:\n  <<: *m\n  seq_length: [1024, 2048]\n"
            + "precision: 'bf16'\nrate: 1.5e-4\n? [a, b]\n: null\n"),
        ("nanotron.yaml", "parallelism:\n  dp: 4\n  tp: 2\n  pp: 1\noptimizer:\n  zero_stage: 1\ntokens:\n  sequence_length: 2048\n"),
        ("model_config.yaml", "name: x\nblock_size: 2048\nvocab_size: 50254\nn_layer: 6\nn_head: 8\nn_embd: 512\n"
            + "mlp_class_name: GptNeoxMLP\n"),
        ("train.toml", "[model]\nname = \"llama3\"\nflavor = \"8B\"\n[training]\nlocal_batch_size = 2\nseq_len = 4096\nsteps = 1000\n"
            + "dates = [1979-05-27, 07:32:00]\n[[a.b]]\nc = {d = 0x10, e = inf}\n"),
        ("config.json", "{\"model_type\":\"gpt2\",\"n_embd\":768,\"n_layer\":12,\"n_head\":12,\"n_positions\":1024,\"vocab_size\":50257}"),
        ("ds_config.json",
            "{\"train_batch_size\":256,\"zero_optimization\":{\"stage\":3},\"bf16\":{\"enabled\":true},\"a\":[1,{\"b\":null}]}"),
        ("job.sbatch", "#SBATCH --nodes=2\n#SBATCH --gres=gpu:a100:8\nsrun train.py --num-layers 24 \\\n --hidden-size=2048 --bf16\n"),
    ];

    /// <summary>A configuration that was damaged is read, or refused as what a person gave wrongly.</summary>
    [Fact]
    public void A_mutated_configuration_is_read_or_refused()
    {
        (string Name, byte[] Bytes)[] configs =
        [
            .. Configs.Select(config => (config.Name, System.Text.Encoding.UTF8.GetBytes(config.Text))),
            ("training_args.bin", File.ReadAllBytes(LogFixtures.Of("configs/training_args.bin"))),
        ];
        byte[][] all = [.. configs.Select(config => config.Bytes)];
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < Count; seed++)
        {
            var random = new Random(seed);
            var (name, bytes) = configs[random.Next(configs.Length)];
            var path = Path.Combine(folder.Path, name);
            File.WriteAllBytes(path, Mutated(bytes, all, random));
            var watch = Stopwatch.StartNew();
            try
            {
                Assert.All(RunConfig.Read(path).Facts.All.Values, fact => Assert.NotEmpty(fact.Value));
            }
            catch (InputException exception)
            {
                Assert.Contains(name, exception.Message, StringComparison.Ordinal);
            }
            Assert.True(watch.Elapsed < Patience, $"seed {seed} took {watch.Elapsed}");
            File.Delete(path);
        }
    }

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("SLM_FUZZ_LOGS"), CultureInfo.InvariantCulture, out var asked) ? asked : Usual;

    private static byte[] Mutated(byte[] log, byte[][] others, Random random)
    {
        var bytes = log.ToList();
        for (var times = random.Next(1, 30); times > 0 && bytes.Count > 0; times--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 200), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 3:
                    var other = others[random.Next(others.Length)];
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(random.Next(1, 2000), other.Length - from)).ToArray());
                    break;
                case 4:
                    bytes.InsertRange(at, "99999999999999999999"u8.ToArray());
                    break;
                case 5:
                    bytes.InsertRange(at, ((ReadOnlySpan<byte>)"-nan inf 1e400 0x -1 "u8).ToArray());
                    break;
                case 6:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 7:
                    for (var index = at; index < at + length; index++)
                        if (bytes[index] is >= (byte)'0' and <= (byte)'9')
                            bytes[index] = (byte)('0' + random.Next(10));
                    break;
                default:
                    bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 5000)));
                    break;
            }
        }
        return [.. bytes];
    }
}
