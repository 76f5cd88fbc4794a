using SlmPlanner.Core;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Samples;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;
using SlmPlanner.Data.Samples;
using SlmPlanner.Planner.Options;
using SlmPlanner.Presentation.CommandLine;
using O = SlmPlanner.Planner.Options.FineTuningOptions;

namespace SlmPlanner.Planner.Requests;

/// <summary>Reads what a request says of fine-tuning.</summary>
internal static class FineTuningReader
{
    /// <summary>The request with it; unchanged where nothing is said.</summary>
    /// <exception cref="InputException">Options that contradict each other, or lengths that can't be read.</exception>
    public static PlanRequest Read(PlanRequest request, Given given)
    {
        var said = O.All.Where(option => option != O.Task && given.Has(option)).ToList();
        if (given.Of(O.Task) == TrainingTask.Pretrain && said.Count > 0)
            throw new InputException($"{said[0].Label} is given with --task pretrain, allowed with --task finetune");
        if (given.Of(O.Task) != TrainingTask.Finetune && said.Count == 0)
            return request;
        var with = request with
        {
            Tuning = Tuning(given),
            Samples = Samples(given),
            Objective = given.Of(RequestOptions.Objective) ?? Objective.Balanced,
        };
        if (with.Samples?.Lengths is not null && given.Has(RequestOptions.Tokens))
            throw new InputException("--tokens and --lengths are both given, allowed one: samples and their lengths decide the tokens");
        return given.Has(RequestOptions.GlobalBatch) ? with
            : with with { GlobalBatchTokens = (double)RequestDefaults.FineTuningSequences * RequestDefaults.SeqLenOf(with) };
    }

    private static Tuning Tuning(Given given)
    {
        var saysAdapters = given.Has(O.Rank) || given.Has(O.Targets) || given.Has(O.BaseBits);
        var method = given.Of(O.Method) ?? (saysAdapters ? TuningMethod.Lora : given.Has(O.TrainedBlocks) ? TuningMethod.Freeze
            : TuningMethod.Full);
        Refuse(given, method, [TuningMethod.Lora, TuningMethod.Qlora], O.Rank, O.Targets, O.BaseBits);
        Refuse(given, method, [TuningMethod.Freeze], O.TrainedBlocks);
        return new(
            method, given.Of(O.Rank) ?? Core.Training.Tuning.UsualRank, given.Of(O.Targets) ?? AdapterTargets.All, given.Of(O.BaseBits)
            ?? 0,
            given.Of(O.TrainedBlocks) ?? Core.Training.Tuning.UsualBlocks);
    }

    private static SampleSet? Samples(Given given) =>
        given.Has(O.Samples) || given.Has(O.Lengths) || given.Has(O.Epochs) || given.Has(O.Packing)
            ? new()
            {
                Count = given.Of(O.Samples),
                Epochs = given.Of(O.Epochs) ?? 1,
                Lengths = given.Of(O.Lengths) is { } lengths ? LengthsText.Read(lengths) : null,
                Padded = given.Of(O.Packing) == SampleLayout.Padded,
            }
            : null;

    private static void Refuse(
        Given given, TuningMethod method, IReadOnlyList<TuningMethod> allowed, params IReadOnlyList<CommandOption> options)
    {
        if (!allowed.Contains(method) && options.FirstOrDefault(given.Has) is { } option)
            throw new InputException($"{option.Label} is given with --method {DeclaredName.Of(method)}, which has no use for it; "
                + $"allowed with --method {string.Join(" or ", allowed.Select(DeclaredName.Of))}");
    }
}
