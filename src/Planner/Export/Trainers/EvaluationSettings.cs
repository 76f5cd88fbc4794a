using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>
/// The batch of evaluations in the settings of programs that have one of its own. No script here switches evaluations on, which need data
/// of their own.
/// </summary>
internal static class EvaluationSettings
{
    /// <summary>Sets it where the plan counted an evaluation.</summary>
    /// <param name="settings">The program's settings.</param>
    /// <param name="name">The program's name for it.</param>
    /// <param name="candidate">The plan.</param>
    public static void SetIn(TrainerSettings settings, string name, Candidate candidate)
    {
        if (candidate.EvalBatch is { } sequences)
            settings.Set(name, (long)sequences);
    }

    /// <summary>What the reader of a script must know of it; nothing where the plan counted none.</summary>
    public static IEnumerable<string> Notes(Trainer trainer, Candidate candidate)
    {
        if (candidate.EvalBatch is not { } sequences)
            yield break;
        yield return trainer is Trainer.RunClm or Trainer.Trl or Trainer.Axolotl
            ? $"The plan counted evaluations of {sequences} sequences per GPU. They are set so, and off until you give their data."
            : $"The plan counted evaluations of {sequences} sequences per GPU. No setting for that is known here: it was left out.";
    }
}
