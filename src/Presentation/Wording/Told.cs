using SlmPlanner.Core.Economics.Energy;
using SlmPlanner.Core.Findings;
using SlmPlanner.Core.Planning.Results;

namespace SlmPlanner.Presentation.Wording;

/// <summary>A remedy of a file.</summary>
/// <param name="Change">Its key.</param>
/// <param name="Needed">The least value that works.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Sentence">The sentence.</param>
internal sealed record ToldRemedy(string Change, double Needed, string Unit, string Sentence) : Remedy(Change, Needed, Unit);

/// <summary>The nearest miss of a file.</summary>
/// <param name="Sentence">The sentence.</param>
internal sealed record ToldMiss(string Sentence) : NearestMiss;

/// <summary>An assumption of a file.</summary>
/// <param name="Sentence">The sentence.</param>
internal sealed record ToldAssumption(string Sentence) : Assumption;

/// <summary>The basis of an estimate of energy in a file.</summary>
/// <param name="Sentence">The sentence.</param>
internal sealed record ToldBasis(string Sentence) : EnergyBasis;
