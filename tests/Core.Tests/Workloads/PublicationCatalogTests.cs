using SlmPlanner.Core.Workloads;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Tests.Models;

namespace SlmPlanner.Tests.Workloads;

public sealed class PublicationCatalogTests
{
    private static readonly PublicationCatalog Shipped = Publications.Read(ProfileStore.Open(ShippedModels.Profiles));

    [Theory]
    [InlineData("github:NVIDIA/JAX-Toolbox@28518544d9 rosetta/README.md",
        "github:NVIDIA/JAX-Toolbox@8bfbd1703b docs/frameworks/maxtext/README.md")]
    [InlineData("github:Dao-AILab/flash-attention training/README.md@0b037c2d",
        "github:Dao-AILab/flash-attention@88173a1a training/README.md + assets/a.jpg")]
    [InlineData("arXiv:2307.08691 (FlashAttention-2) Table 1 Table 1", "arXiv:2307.08691 (FlashAttention-2) Table 1 Table 1 (library")]
    [InlineData("https://www.tylerromero.com/posts/x/ (library \"Progress so far\" table",
        "https://www.tylerromero.com/posts/x/ \"Progress so far\" table")]
    [InlineData("comment header of the training script",
        "a public training script with its results in the header; comment header of the training script")]
    [InlineData("github:whyNLP/tinyllama issue #1", "github:whyNLP/tinyllama issue #1 (2024-02-20)")]
    public void One_publication_has_many_spellings(string one, string other) => Assert.Equal(Shipped.Of(one), Shipped.Of(other));

    [Theory]
    [InlineData("github:whyNLP/tinyllama README.md@0278d791", "github:whyNLP/tinyllama issue #1")]
    [InlineData("github:NVIDIA/NeMo@141aa8e2f4 docs/x.md", "github:NVIDIA/NeMo-Framework-Launcher@3579cdb3f2 README.md")]
    [InlineData("arXiv:2307.08691 Table 1", "arXiv:2304.01373 Table 1")]
    public void Others_stay_apart(string one, string other) => Assert.NotEqual(Shipped.Of(one), Shipped.Of(other));

    /// <summary>
    /// Issues are publications of their own, since others write them; of one repository they are all the same, whoever owns it.
    /// </summary>
    [Theory]
    [InlineData("github:pytorch/torchtitan@6404b932 docs/x.md", "github:pytorch/torchtitan pull #533", "torchtitan")]
    [InlineData("github:pytorch/torchtune#389", "github:meta-pytorch/torchtune", "torchtune")]
    [InlineData("github:karpathy/nanoGPT#88", "karpathy/nanoGPT#437", "nanogpt")]
    [InlineData("github:NVIDIA/NeMo@141aa8e2f4 docs/x.md", "github:NVIDIA-NeMo/Megatron-Bridge@3579cdb3 docs/y.md",
        "NVIDIA NeMo performance summary")]
    [InlineData("https://gpuburnout.com/a", "https://huggingface.co/GPUburnout/b", "gpuburnout")]
    [InlineData("arXiv:2307.08691 Table 1", "arXiv:2307.08691 Table 2", "arXiv:2307.08691")]
    public void A_repository_has_many_publications(string one, string other, string repository) =>
        Assert.Equal((repository, repository), (Shipped.RepositoryOf(one), Shipped.RepositoryOf(other)));

    [Fact]
    public void No_source_is_of_no_repository() => Assert.Null(Shipped.RepositoryOf(" "));

    /// <summary>Counted by hand: 32 publications in the 562 rows, which spell their sources in 61 ways.</summary>
    [Fact]
    public void The_shipped_rows_come_from_fewer_publications_than_they_have_spellings()
    {
        var rows = MeasurementCsv.Read(Path.Combine(ShippedModels.Profiles, "validation", "measured.csv"));
        var sources = rows.Select(row => row.Observation!.From.Source).Distinct().ToList();
        Assert.Equal(61, sources.Count);
        Assert.Equal(32, sources.Select(Shipped.Of).Distinct().Count());
    }

    /// <summary>Of the rows of one run all but one are excluded.</summary>
    [Fact]
    public void A_run_told_twice_counts_once()
    {
        var excluded = Exclusions.Read(Path.Combine(ShippedModels.Profiles, "validation", "exclusions.csv"));
        foreach (var (kept, dropped) in new[] { ("internevo-0046", "internevo-0011"), ("internevo-0051", "internevo-0016"),
            ("pythia_1b", "pythia1b_300b_hours") })
        {
            Assert.True(excluded.ContainsKey(dropped));
            Assert.False(excluded.ContainsKey(kept));
        }
    }
}
