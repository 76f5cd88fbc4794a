using SlmPlanner.Data.Json;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Profiles;

public sealed class ArchitectureFactsTests
{
    private static readonly ArchitectureList Shipped = JsonFile.Read(
        Path.Combine(Repository.Profiles, "architectures.json"), ProfileJson.Default.ArchitectureList, FormatVersion.OfDataFiles);

    [Theory]
    [InlineData("8.0", true)]
    [InlineData("12.0", true)]
    [InlineData("cdna3", true)]
    [InlineData("7.5", false)]
    [InlineData("RDNA3", false)]
    [InlineData(null, false)]
    public void Fused_attention_is_for_architectures_in_a_range(string? architecture, bool has) =>
        Assert.Equal(has, new ArchitectureFacts([Shipped]).HasFlash(architecture));
}
