using System.Numerics;
using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>How the logarithm of a step time changes with the logarithms of its coefficients, by forward differences.</summary>
internal static class StepTimeSlopes
{
    private const double Step = 1e-4;
    private static readonly double _factor = Math.Exp(Step);

    /// <summary>
    /// Writes the slope of each coefficient, in their order; allocates nothing. A coefficient that the equation does not read has none.
    /// Terms before the first that reads a coefficient are not worked out again for it, and messages only for those that they depend on:
    /// that is most of the work.
    /// </summary>
    /// <param name="shape">The transformer.</param>
    /// <param name="device">Datasheet rates for the setup's precision.</param>
    /// <param name="links">Link rates.</param>
    /// <param name="setup">How a step is run.</param>
    /// <param name="coefficients">In the order of <see cref="StepCoefficient"/>; not logarithms.</param>
    /// <param name="slopes">As many.</param>
    public static void Write(
        in ShapeCosts shape, in DeviceRates device, in LinkRates links, in TrainingSetup setup,
        ReadOnlySpan<double> coefficients, Span<double> slopes)
    {
        slopes.Clear();
        var terms = TimeTerms.Ordered;
        var part = setup.Layout.SplitsModel ? shape.On(setup.Layout) : shape;
        var split = shape.Split(setup.Layout);
        var step = new StepContext(part, device, links, setup, coefficients, split);
        var speed = step[C.Speed];
        var readAtStart = step.Read;
        Span<double> seconds = stackalloc double[StepTime.Capacity];
        Span<ulong> read = stackalloc ulong[StepTime.Capacity];
        double total = 0;
        for (var term = 0; term < terms.Length; term++)
        {
            seconds[term] = terms[term].Seconds(ref step);
            total += speed * seconds[term];
            read[term] = step.Read;
        }
        var (messages, shared) = (step.Messages, step.Shared);
        var logCentre = Math.Log(total);

        Span<double> moved = stackalloc double[StepTimeEquation.CoefficientCount];
        coefficients.CopyTo(moved);
        var before = new StepContext(part, device, links, setup, coefficients, split) { Messages = messages, Shared = shared };
        total = 0;
        for (var term = 0; term < terms.Length; term++)
        {
            var known = term == 0 ? 0 : read[term - 1];
            for (var rest = read[term] & ~known; rest != 0; rest &= rest - 1)
            {
                var index = BitOperations.TrailingZeroCount(rest);
                moved[index] = coefficients[index] * _factor;
                var isOfMessages = CommunicationTerm.TimesMessages((C)index);
                var beside = (readAtStart >> index & 1) != 0
                    ? new StepContext(part, device, links, setup, moved, split) { Messages = messages, Shared = shared }
                    : before.With(moved);
                if (isOfMessages)
                    (beside.Messages, beside.Shared) = (null, null);
                slopes[index] = (Math.Log(From(term, total, ref beside)) - logCentre) / Step;
                moved[index] = coefficients[index];
            }
            total += speed * terms[term].Seconds(ref before);
        }
    }

    /// <summary>Seconds of the step whose terms before one add up to <paramref name="total"/>.</summary>
    private static double From(int first, double total, ref StepContext step)
    {
        var terms = TimeTerms.Ordered;
        var speed = step[C.Speed];
        for (var term = first; term < terms.Length; term++)
            total += speed * terms[term].Seconds(ref step);
        return total;
    }
}
