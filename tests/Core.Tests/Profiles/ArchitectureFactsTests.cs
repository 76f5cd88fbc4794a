using SlmPlanner.Core.Time;
using SlmPlanner.Core.Time.Terms;
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

    [Fact]
    public void The_starts_of_coefficients_are_those_that_predictions_use()
    {
        Assert.NotEmpty(Shipped.PriorStarts);
        foreach (var start in Shipped.PriorStarts)
            Assert.All(start.Keys, key => Assert.Equal(
                start.LogStart, CoefficientPriors.Start(Enum.Parse<StepCoefficient>(start.Coefficient), Enum.Parse<GroupLevel>(start.Level), key)));
    }
}
