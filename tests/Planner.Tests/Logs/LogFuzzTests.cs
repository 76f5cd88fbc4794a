using System.Diagnostics;
using System.Globalization;
using SlmPlanner.Core.Measurements.Runs;
using SlmPlanner.Data.Logs.Tables;
using SlmPlanner.Data.Logs;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Presentation.Runs;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Logs;

/// <summary>
/// Mutated logs: no crash, no hang, no number that is none. <c>eng/fuzz-logs</c> runs ten thousand, with the number in SLM_FUZZ_LOGS.
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
        var count = int.TryParse(Environment.GetEnvironmentVariable("SLM_FUZZ_LOGS"), CultureInfo.InvariantCulture, out var asked) ? asked
            : Usual;
        using var folder = new TemporaryFolder();
        for (var seed = 0; seed < count; seed++)
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
