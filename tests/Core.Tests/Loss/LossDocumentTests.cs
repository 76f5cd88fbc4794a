using System.Globalization;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Data.Economics;

namespace SlmPlanner.Tests.Loss;

public sealed class LossDocumentTests
{
    [Fact]
    public void The_table_of_errors_in_the_docs_is_what_the_law_gives()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryProfiles.Folder, "..", "docs", "loss.md"));
        var law = ScalingLawFile.Read(RepositoryProfiles.Folder);
        Assert.All(LossValidation.Errors(law, LossEndPointFile.Read(RepositoryProfiles.Folder)),
            error => Assert.Contains(Row(error), text));
    }

    private static string Row(LossError error) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {error.Dataset} | {error.Rows} | {error.RawNats:0.000} | {error.OffsetNats:+0.000;-0.000} | {error.HeldOutNats:0.000} | "
        + $"{error.HeldOutRelative * 100:0.0} % | {error.Covered * 100:0} % |");
}
