namespace SlmPlanner.Presentation.Charts.Drawing;

/// <summary>
/// Finds room for texts beside points: never over another text or outside the data area, and over as few marks and
/// lines as there can be.
/// </summary>
/// <param name="width">Width of the data area in pixels.</param>
/// <param name="height">Height of the data area in pixels.</param>
internal sealed class LabelPlacement(float width, float height)
{
    private const float Gap = 9;
    private const int MostShifts = 6;

    /// <summary>
    /// What the name of a line's end costs: a mark that it covers, its own height away from the end, and a place elsewhere than right of
    /// it. A line that crosses a name covers it with three marks or more, so that a free place elsewhere is better than that.
    /// </summary>
    private const float CostOfMark = 2, CostOfDrift = 4, CostOfElsewhere = 4;

    private readonly List<Box> _texts = [];
    private readonly List<Box> _marks = [];

    /// <summary>A rectangle; y grows downwards.</summary>
    internal readonly record struct Box(float Left, float Top, float Right, float Bottom)
    {
        /// <summary>True when the two share any area.</summary>
        public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }

    /// <summary>Keeps labels off a rectangle always: another text is there.</summary>
    public void Reserve(Box box) => _texts.Add(box);

    /// <summary>Keeps labels off a rectangle where they can: a mark is there.</summary>
    public void Avoid(Box box) => _marks.Add(box);

    /// <summary>How many marks and texts a rectangle covers.</summary>
    public int Covered(Box box) => _marks.Count(box.Overlaps) + _texts.Count(box.Overlaps);

    /// <summary>The box for a text of some size beside a point, or null when there is no room.</summary>
    /// <param name="x">The point, pixels from the left.</param>
    /// <param name="y">The point, pixels from the top.</param>
    /// <param name="textWidth">Width of the text.</param>
    /// <param name="textHeight">Height of the text.</param>
    /// <param name="isLineEnd">True to stay right of the point where that covers no other line.</param>
    /// <param name="isOptional">True to give up rather than cover a mark.</param>
    public Box? Place(float x, float y, float textWidth, float textHeight, bool isLineEnd, bool isOptional)
    {
        var places = isLineEnd
            ? RightOf(x, y, textHeight).Concat(Around(x, y, textWidth, textHeight, CostOfElsewhere))
            : Around(x, y, textWidth, textHeight, cost: 0);
        var free = places
            .Select(place => (Box: new Box(place.Left, place.Top, place.Left + textWidth, place.Top + textHeight), place.Cost))
            .Where(place => IsFree(place.Box))
            .ToArray();
        if (free.Length == 0)
            return null;
        var best = free.MinBy(place => CostOfMark * _marks.Count(place.Box.Overlaps) + place.Cost).Box;
        if (isOptional && _marks.Any(best.Overlaps))
            return null;
        _texts.Add(best);
        return best;
    }

    private static IEnumerable<(float Left, float Top, float Cost)> Around(float x, float y, float textWidth, float textHeight, float cost)
    {
        var middle = y - textHeight / 2;
        var (right, left, centre) = (x + Gap, x - Gap - textWidth, x - textWidth / 2);
        var (above, below) = (y - Gap - textHeight, y + Gap);
        return
        [
            (right, middle, cost), (right, above, cost), (right, below, cost), (centre, above, cost), (centre, below, cost),
            (left, middle, cost), (left, above, cost), (left, below, cost),
        ];
    }

    private static IEnumerable<(float Left, float Top, float Cost)> RightOf(float x, float y, float textHeight)
    {
        var middle = y - textHeight / 2;
        yield return (x + Gap, middle, 0);
        for (var shift = 1; shift <= MostShifts; shift++)
        {
            var drift = shift / 4f;
            yield return (x + Gap, middle + drift * textHeight, CostOfDrift * drift);
            yield return (x + Gap, middle - drift * textHeight, CostOfDrift * drift);
        }
    }

    private bool IsFree(Box box) =>
        box is { Left: >= 0, Top: >= 0 } && box.Right <= width && box.Bottom <= height && !_texts.Any(box.Overlaps);
}
