using CsCheck;
using SlmPlanner.Presentation.Charts.Drawing;

namespace SlmPlanner.Planner.Tests.Presentation;

public sealed class LabelPlacementTests
{
    private static readonly Gen<(float X, float Y, float Width, bool IsLineEnd)[]> AnyLabels = Gen.Select(
        Gen.Float[0, 400], Gen.Float[0, 300], Gen.Float[10, 120], Gen.Bool).Array[1, 40];

    [Fact]
    public void Labels_never_cover_each_other_nor_leave_the_chart() => AnyLabels.Sample(labels =>
    {
        var placement = new LabelPlacement(400, 300);
        var boxes = labels
            .Select(label => placement.Place(label.X, label.Y, label.Width, 15, label.IsLineEnd, isOptional: false))
            .OfType<LabelPlacement.Box>()
            .ToArray();
        Assert.All(boxes, box => Assert.True(box is { Left: >= 0, Top: >= 0, Right: <= 400, Bottom: <= 300 }));
        for (var one = 0; one < boxes.Length; one++)
            Assert.DoesNotContain(boxes[(one + 1)..], boxes[one].Overlaps);
    });

    [Fact]
    public void The_first_label_always_finds_room_in_the_middle() =>
        Assert.NotNull(new LabelPlacement(400, 300).Place(200, 150, 100, 15, isLineEnd: false, isOptional: true));

    [Fact]
    public void An_optional_label_gives_way_to_marks()
    {
        var placement = new LabelPlacement(400, 300);
        placement.Avoid(new(0, 0, 400, 300));
        Assert.Null(placement.Place(200, 150, 100, 15, isLineEnd: false, isOptional: true));
        Assert.NotNull(placement.Place(200, 150, 100, 15, isLineEnd: false, isOptional: false));
    }
}
