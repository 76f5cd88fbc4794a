using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Communication;

/// <summary>Seconds that the messages of one micro-batch take where ranks share a model, by axis.</summary>
/// <param name="Tensor">Waited for.</param>
/// <param name="TensorBeside">Under way beside multiplies.</param>
/// <param name="Pipeline">Between stages.</param>
/// <param name="Context">Around the ring.</param>
/// <param name="Expert">To experts and back.</param>
internal readonly record struct ModelMessages(double Tensor, double TensorBeside, double Pipeline, double Context, double Expert)
{
    private const int MostCalls = 5;

    /// <summary>Times the calls of each axis that a layout has.</summary>
    public static ModelMessages Of<TLink>(in ShapeCosts shape, in TrainingSetup setup, double elementBytes, in TLink link)
        where TLink : struct, ILinkModel
    {
        var mesh = setup.Mesh;
        var schedule = new ModelSchedule(shape, setup, elementBytes);
        Span<CollectiveCall> calls = stackalloc CollectiveCall[MostCalls];
        var tensor = mesh.Tensor > 1 ? MessageSeconds.Of(calls[..schedule.Tensor(calls)], setup.Layout, link) : default;
        var pipeline = mesh.Pipeline > 1 ? MessageSeconds.Of(calls[..schedule.Pipeline(calls)], setup.Layout, link) : default;
        var context = mesh.Context > 1 ? MessageSeconds.Of(calls[..schedule.Context(calls)], setup.Layout, link) : default;
        var expert = mesh.Expert > 1 ? MessageSeconds.Of(calls[..schedule.Expert(calls)], setup.Layout, link) : default;
        return new(tensor.BlockingPerMicroBatch, tensor.BesidePerMicroBatch, pipeline.BlockingPerMicroBatch, context.BesidePerMicroBatch,
            expert.BlockingPerMicroBatch);
    }
}
