using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Profiles;

public sealed class StackFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>
    /// The first version kept time and memory in two files. Of time the shipped file says the same under every name in them.
    /// </summary>
    [Fact]
    public void The_shipped_stacks_say_of_time_what_the_file_of_the_first_version_said()
    {
        var first = First();
        var shipped = ProfileStore.Open(Repository.Profiles).Stacks;
        var names = Names().ToList();
        Assert.InRange(names.Count, 80, 200);
        Assert.All(names, name => Assert.Equal(first.Find(name).Time, AsThen(shipped.Find(name).Time)));
    }

    /// <summary>Whole programs by XLA counted as compiled then, trainers in CUDA as fused, and what is sent was not told.</summary>
    private static StackTime AsThen(StackTime time) => time with
    {
        ReduceScatterBytes = null, BalancesStages = false,
        Kernels = time.Kernels switch { "xla" => "compiled", "native" => "fused", var kernels => kernels },
    };

    /// <summary>As its <c>memory.json</c> states them: of the first group of names, and of an unknown text with one of its words.</summary>
    [Fact]
    public void Memory_of_the_first_version_is_read()
    {
        var foundry = new MemoryTraits { FusedNorms = true, FusedActivation = true, Loss = LossKernel.InPlace, HalfResidual = true };
        Assert.Equal(foundry, First().Find("composer-fsdp").Memory);
        Assert.Equal(foundry, First().Find("my composer fork").Memory);
        Assert.Equal("llm-foundry", First().Find("my composer fork").MemoryOf);
    }

    [Fact]
    public void A_file_of_the_first_version_replaces_time_and_leaves_memory()
    {
        _folder.Write("stacks/mine.json", """
            {"schema_version": 1, "note": "", "stacks": [{"name": "llm.c", "family": "mine", "kernels": "eager", "pads_vocabulary": false, "aliases": []}], "words": []}
            """);
        _folder.Write("memory.json", """
            {"schema_version": 1, "source": "", "date": "", "stacks": [{"names": ["nanochat"], "reason": "", "traits": {"dropout": true}}]}
            """);
        var stacks = ProfileStore.Open(Repository.Profiles, _folder.Path).Stacks;
        Assert.Equal(("mine", LossKernel.InPlace), (stacks.Find("llm.c").Family, stacks.Find("llm.c").Memory.Loss));
        Assert.Equal(("torch-compile", true), (stacks.Find("nanochat").Family, stacks.Find("nanochat").Memory.Dropout));
    }

    [Fact]
    public void A_later_version_is_refused_for_it()
    {
        _folder.Write("stacks/mine.json", """{"schema_version": 3}""");
        Assert.Contains(
            "schema_version is 3, this program reads 2: a newer program wrote it",
            Assert.Throws<InputException>(() => ProfileStore.Open(_folder.Path).Stacks).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static SoftwareStackCatalog First() =>
        ProfileStore.Open(Path.GetDirectoryName(Version1.File("memory.json"))!).Stacks;

    private static IEnumerable<string> Names()
    {
        using var stacks = JsonDocument.Parse(File.ReadAllText(Version1.File("stacks/stacks.json")));
        using var memory = JsonDocument.Parse(File.ReadAllText(Version1.File("memory.json")));
        foreach (var stack in stacks.RootElement.GetProperty("stacks").EnumerateArray())
        {
            yield return stack.GetProperty("name").GetString()!;
            foreach (var alias in stack.GetProperty("aliases").EnumerateArray())
                yield return alias.GetString()!;
        }
        foreach (var name in memory.RootElement.GetProperty("stacks").EnumerateArray()
            .SelectMany(stack => stack.GetProperty("names").EnumerateArray()))
            yield return name.GetString()!;
    }
}
