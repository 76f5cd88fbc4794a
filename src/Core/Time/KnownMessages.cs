using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>
/// Seconds of messages that were worked out before. Of one model, device, link and set of coefficients they depend on the layout and on
/// what is trained alone, and a search asks for the same again with every micro-batch. Holds as many layouts as it has places; two that
/// fall into one place take turns. Safe for several threads: a place is written whole.
/// </summary>
internal sealed class KnownMessages
{
    private const int Places = 64;
    private readonly Known?[] _places = new Known?[Places];

    /// <summary>The messages of a setup; null where they are not known.</summary>
    public MessageSeconds? Of(in TrainingSetup setup) =>
        _places[Place(setup.Layout)] is { } known && known.Layout == setup.Layout && known.Tuning == setup.Tuning ? known.Messages : null;

    /// <summary>Keeps the messages of a setup.</summary>
    public void Keep(in TrainingSetup setup, MessageSeconds messages) =>
        _places[Place(setup.Layout)] = new(setup.Layout, setup.Tuning, messages);

    private static int Place(in Layout layout)
    {
        var mesh = layout.Mesh;
        var mixed = (uint)(mesh.Replicas + 3 * mesh.Shards + 7 * mesh.Tensor + 13 * mesh.Pipeline + 29 * (int)layout.Sharded
            + (layout.ReshardAfterForward ? 17 : 0));
        return (int)(mixed % Places);
    }

    private sealed record Known(Layout Layout, Tuning Tuning, MessageSeconds Messages);
}
