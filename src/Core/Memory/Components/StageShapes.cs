using System.Collections.Concurrent;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Memory.Components;

/// <summary>
/// The parts of a bound shape on the stages that may have the largest peak: the first, which keeps the most micro-batches and the
/// embedding; the last, which has head and logits; and one between where it has more blocks. Where the first blocks are frozen, every stage
/// that differs from those before it. Kept for each division that was met.
/// </summary>
internal sealed class StageShapes(BoundShape whole)
{
    private readonly ConcurrentDictionary<Division, BoundShape[]> _parts = new();

    /// <summary>The parts of a layout, at least one.</summary>
    public BoundShape[] Of(in Layout layout, in Tuning tuning) => _parts.GetOrAdd(
        new(layout.Mesh.Tensor, layout.Mesh.Pipeline, layout.Mesh.Expert, layout.SequenceParallel, layout.BalancedStages,
            layout.Mesh.Pipeline > 1 && tuning.Method == TuningMethod.Freeze ? tuning.TrainedBlocks : null),
        static (division, all) => all.Parts(division), this);

    private BoundShape[] Parts(Division division)
    {
        var (tensor, stages) = ((double)division.Tensor, division.Pipeline);
        var part = whole with
        {
            Query = whole.Query / tensor,
            KeyValue = Math.Max(whole.KeyValue / tensor, Math.Min(whole.KeyValue, whole.HeadDim)),
            FeedForward = whole.FeedForward / tensor,
            Heads = whole.Heads / tensor,
            Vocab = whole.Vocab / tensor,
            ResidualWidth = division.SequenceParallel ? whole.Width / tensor : whole.Width,
            FinalWidth = division.SequenceParallel ? whole.Width / tensor : whole.Width,
            Parameters = whole.Parameters / tensor,
            BlockParameters = whole.BlockParameters / tensor,
            RootParameters = whole.RootParameters / tensor,
            StateElements = whole.StateElements / tensor,
            TableParameters = whole.TableParameters / tensor,
            ExpertParameters = whole.ExpertParameters / tensor,
            RoutedWidth = whole.RoutedWidth / tensor,
            Part = new(division.Tensor, division.Expert, 1),
        };
        if (division.Expert > 1)
            part = part with { BlockParameters = part.BlockParameters - (LargestBlocksExperts(part) * (1 - (1.0 / division.Expert))) };
        if (stages == 1)
            return [part];
        var inBlock = (whole.Parameters - whole.RootParameters) / whole.Layers / tensor;
        var head = division.Balanced ? whole.TableParameters / whole.BlockParameters : 0;
        var split = whole.Work is { } work ? work.Split(stages, head) : StageSplit.Of(whole.Layers, stages, head);
        if (division.Trained is { } trained)
            return [.. Enumerable.Range(0, stages).Select(stage => OfTrained(new(split, Math.Min(trained, whole.Layers)), stage))
                .DistinctBy(stage => (stage.Layers, stage.BackwardBlocks, stage.Vocab, stage.TableParameters, stage.Parameters))];
        var held = split.Holding;
        BoundShape[] parts =
        [
            Stage(split.First, stages) with { Vocab = 0, FinalWidth = 0, Parameters = Held(held.First) },
            Stage(split.Last, 1) with { Parameters = Held(held.Last) },
        ];
        return split.Most > split.First || held.Most > held.First
            ? [.. parts, Stage(split.Most, stages - 1)
                with { Vocab = 0, FinalWidth = 0, Parameters = held.Most * inBlock, TableParameters = 0, RootParameters = 0 }]
            : parts;

        BoundShape Stage(double blocks, int ahead) => part with
        {
            Layers = blocks, StagesAhead = ahead, Stages = stages, RootParameters = part.TableParameters,
            ExpertParameters = part.ExpertParameters * blocks / whole.Layers,
            Part = part.Part with { Blocks = blocks / whole.Layers },
        };

        BoundShape OfTrained(in TrainedStages trained, int stage)
        {
            var (own, isLast) = (split.Part(stage, division.Tensor, division.Expert), stage == stages - 1);
            var blocks = split.Until(stage + 1) - split.Until(stage);
            var bound = Stage(blocks, stages - stage) with
            {
                Part = own,
                BackwardBlocks = trained.Of(stage),
                HasBackward = stage >= trained.WithoutBackward,
                Parameters = whole.Trainable.HeldBy(own) + part.TableParameters,
            };
            return isLast ? bound
                : stage == 0 ? bound with { Vocab = 0, FinalWidth = 0 }
                : bound with
                {
                    Vocab = 0, FinalWidth = 0, Parameters = bound.Parameters - part.TableParameters, TableParameters = 0,
                    RootParameters = 0,
                };
        }

        double Held(double blocks) => (blocks * inBlock) + part.TableParameters;
    }

    /// <summary>Routed experts of a block that has them, the mean of those: the largest block has.</summary>
    private double LargestBlocksExperts(BoundShape part) =>
        part.ExpertParameters / Math.Max(1, whole.Shape.Blocks.Sum(run => run.Block.FeedForward is Experts ? run.Count : 0));

    private readonly record struct Division(int Tensor, int Pipeline, int Expert, bool SequenceParallel, bool Balanced, int? Trained);
}
