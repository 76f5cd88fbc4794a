using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Data.Economics;

namespace SlmPlanner.Tests.Loss;

public sealed class LossValidationTests
{
    private static readonly ScalingLaw Law = ScalingLawFile.Read(RepositoryProfiles.Folder);
    private static readonly IReadOnlyList<LossEndPoint> EndPoints = LossEndPointFile.Read(RepositoryProfiles.Folder);

    [Fact]
    public void Published_end_points_have_unique_names_and_sources()
    {
        Assert.Equal(EndPoints.Count, EndPoints.Select(row => row.Id).Distinct().Count());
        Assert.All(EndPoints, row => Assert.NotEmpty(row.Source));
    }

    [Fact]
    public void A_constant_shift_of_a_dataset_leaves_no_held_out_error()
    {
        var shifted = EndPoints.Select(row => row with
        {
            Optimizer = "adamw",
            Loss = Law.Loss(row.Point.Parameters, row.Point.Tokens) - 0.4,
        });
        var errors = LossValidation.Errors(Law, shifted);
        Assert.All(errors, error => Assert.Equal(0.4, error.OffsetNats, 9));
        Assert.All(errors.Where(error => error.Rows > 1), error => Assert.Equal(0, error.HeldOutNats!.Value, 9));
    }

    [Fact]
    public void Rows_of_another_optimizer_are_left_out() =>
        Assert.Empty(LossValidation.Errors(Law, EndPoints.Select(row => row with { Optimizer = "muon" })));

    /// <summary>A gate on the shipped default: one dataset and tokenizer, offset held out, stays under 5 % on the widest set.</summary>
    [Fact]
    public void The_default_law_is_within_five_per_cent_on_the_Pile_once_its_offset_is_known() =>
        Assert.InRange(LossValidation.Errors(Law, EndPoints).MaxBy(error => error.Rows)!.HeldOutRelative!.Value, 0, 0.05);
}
