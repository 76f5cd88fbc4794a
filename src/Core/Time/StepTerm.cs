using SlmPlanner.Core.Fitting;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Time;

/// <summary>A term of the step time: its formula, its coefficients with their priors, its source.</summary>
public abstract class StepTerm
{
    /// <summary>Its place in <see cref="StepTime"/>.</summary>
    public int Index { get; internal set; }

    /// <summary>Its name in machine formats, in snake case.</summary>
    public abstract string Key { get; }

    /// <summary>Seconds of a step before the factor <c>Speed</c>, in the symbols of <c>docs/time.md</c>.</summary>
    public abstract string Formula { get; }

    /// <summary>Where the formula is from.</summary>
    public abstract string Source { get; }

    /// <summary>Its coefficients with their priors.</summary>
    public abstract IReadOnlyList<CoefficientPrior> Coefficients { get; }

    /// <summary>Whether a setup has the term at all: those of axes that it does not use are not shown.</summary>
    public virtual bool IsOf(in TrainingSetup setup) => true;

    /// <summary>Seconds of a step; may take from the context what earlier terms left there.</summary>
    internal abstract double Seconds(ref StepContext step);
}
