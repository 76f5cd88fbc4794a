namespace SlmPlanner.Core.Planning.Results;

/// <summary>A change of the request that would make it feasible.</summary>
/// <param name="Change">Kebab-case: <c>fuse-loss</c>, <c>offload-activations</c>, <c>smaller-evaluation</c>, <c>raise-budget</c>,
/// <c>extend-deadline</c>, <c>fewer-tokens</c>, <c>smaller-model</c>.</param>
/// <param name="Needed">The least value that works, in <paramref name="Unit"/>.</param>
/// <param name="Unit">Unit: <c>bytes</c>, <c>sequences</c>, <c>usd</c>, <c>hours</c>, <c>tokens</c>, <c>parameters</c>.</param>
public abstract record Remedy(string Change, double Needed, string Unit);

/// <summary>A larger budget.</summary>
/// <param name="Usd">The least that is enough.</param>
/// <param name="Machines">What it then rents.</param>
public sealed record RaiseBudget(double Usd, Machines Machines) : Remedy("raise-budget", Usd, "usd");

/// <summary>A later deadline.</summary>
/// <param name="Hours">The least that is enough.</param>
/// <param name="Machines">What keeps it.</param>
public sealed record ExtendDeadline(double Hours, Machines Machines) : Remedy("extend-deadline", Hours, "hours");

/// <summary>Less training.</summary>
/// <param name="Tokens">The most that keep the limits.</param>
/// <param name="Machines">What trains them.</param>
public sealed record FewerTokens(double Tokens, Machines Machines) : Remedy("fewer-tokens", Tokens, "tokens");

/// <summary>A smaller model on the same tokens.</summary>
/// <param name="Model">The largest known one that keeps the limits.</param>
/// <param name="Parameters">Its size.</param>
public sealed record SmallerModel(string Model, double Parameters) : Remedy("smaller-model", Parameters, "parameters");

/// <summary>A loss that is worked out in chunks with the head.</summary>
/// <param name="PeakBytes">Peak memory of a device that is then enough.</param>
/// <param name="Machines">What trains it.</param>
public sealed record FuseLoss(double PeakBytes, Machines Machines) : Remedy("fuse-loss", PeakBytes, "bytes");

/// <summary>The same, and inputs of recomputed blocks in the host's memory.</summary>
/// <param name="PeakBytes">Peak memory of a device that is then enough.</param>
/// <param name="Machines">What trains it.</param>
public sealed record OffloadActivations(double PeakBytes, Machines Machines) : Remedy("offload-activations", PeakBytes, "bytes");

/// <summary>An evaluation of fewer sequences at a time.</summary>
/// <param name="Sequences">The most per device that then fit.</param>
/// <param name="Machines">What trains with it.</param>
public sealed record SmallerEvaluation(int Sequences, Machines Machines) : Remedy("smaller-evaluation", Sequences, "sequences");
