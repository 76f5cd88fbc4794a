using CsCheck;
using SlmPlanner.Presentation.Charts;
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

    /// <summary>A line goes down close to the right of where another ends: left of the end there is room.</summary>
    [Fact]
    public void The_name_of_a_line_stays_off_a_line_that_goes_down_beside_its_end()
    {
        var placement = new LabelPlacement(400, 300);
        Line(placement, (100, 170), (200, 150));
        var down = Line(placement, (200, 60), (240, 280));
        var box = placement.Place(200, 150, 80, 15, isLineEnd: true, isOptional: false);
        Assert.NotNull(box);
        Assert.DoesNotContain(down, point => box.Value.Overlaps(new(point.X, point.Y, point.X + 0.5f, point.Y + 0.5f)));
    }

    [Fact]
    public void The_name_of_a_line_stays_right_of_its_end_where_there_is_room()
    {
        var placement = new LabelPlacement(400, 300);
        Line(placement, (100, 170), (200, 150));
        Assert.Equal((209f, 142.5f), placement.Place(200, 150, 80, 15, isLineEnd: true, isOptional: false) is { } box
            ? (box.Left, box.Top) : default);
    }

    /// <summary>Puts a line into the chart; its points, one a pixel.</summary>
    private static IEnumerable<(float X, float Y)> Line(LabelPlacement placement, (float X, float Y) from, (float X, float Y) to)
    {
        Obstacles.Add(placement, [from, to], new XySeries("", [], ""));
        return Enumerable.Range(0, 250).Select(step => step / 250f).Select(share =>
            (from.X + share * (to.X - from.X), from.Y + share * (to.Y - from.Y)));
    }
}
