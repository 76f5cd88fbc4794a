using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>
/// Step time of one rank in closed form: the sum of <see cref="TimeTerms"/>, times the stack's speed factor. A pure function of
/// shape, rates, setup and coefficients; the fit differentiates it, the search evaluates it. Equations in <c>docs/time.md</c>.
/// </summary>
public static class StepTimeEquation
{
    /// <summary>The number of coefficients.</summary>
    public static int CoefficientCount { get; } = Enum.GetValues<C>().Length;

    /// <summary>The terms of one step; finite and none negative for every valid setup.</summary>
    /// <param name="shape">The transformer.</param>
    /// <param name="device">Datasheet rates for the setup's precision.</param>
    /// <param name="links">Link rates.</param>
    /// <param name="setup">How a step is run.</param>
    /// <param name="coefficients">In the order of <see cref="StepCoefficient"/>; not logarithms.</param>
    public static StepTime Evaluate(
        in ShapeCosts shape, in DeviceRates device, in LinkRates links, in TrainingSetup setup, ReadOnlySpan<double> coefficients) =>
        Evaluate(shape, device, links, setup, coefficients, known: null);

    /// <summary>The same with a memory for messages, of this shape, device, links and coefficients alone.</summary>
    internal static StepTime Evaluate(
        in ShapeCosts shape, in DeviceRates device, in LinkRates links, in TrainingSetup setup, ReadOnlySpan<double> coefficients,
        KnownMessages? known)
    {
        if (!setup.Layout.SplitsModel)
        {
            var whole = new StepContext(shape, device, links, setup, coefficients, default);
            return Evaluate(ref whole, known);
        }
        var part = shape.On(setup.Layout, setup.Tuning);
        var context = new StepContext(part, device, links, setup, coefficients, shape.Split(setup.Layout));
        return Evaluate(ref context, known);
    }

    private static StepTime Evaluate(ref StepContext context, KnownMessages? known)
    {
        if (known is null)
            return Evaluate(ref context);
        context.Messages = known.Of(context.Setup);
        var isNew = context.Messages is null;
        var time = Evaluate(ref context);
        if (isNew && context.Messages is { } messages)
            known.Keep(context.Setup, messages);
        return time;
    }

    /// <summary>The same of a bound step.</summary>
    internal static StepTime Evaluate(ref StepContext context)
    {
        var speed = context[C.Speed];
        var time = new StepTime();
        foreach (var term in TimeTerms.Ordered)
            time.Add(term.Index, speed * term.Seconds(ref context));
        return time;
    }
}
