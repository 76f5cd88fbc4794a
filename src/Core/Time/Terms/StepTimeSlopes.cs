using System.Numerics;
using SlmPlanner.Core.Communication;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Training;
using C = SlmPlanner.Core.Time.StepCoefficient;

namespace SlmPlanner.Core.Time.Terms;

/// <summary>How the logarithm of a step time changes with the logarithms of its coefficients, by forward differences.</summary>
internal static class StepTimeSlopes
{
    /// <summary>Relative change of a coefficient: as far from rounding as from curvature.</summary>
    private const double Change = 1e-6;

    private const double Factor = 1 + Change;

    /// <summary>
    /// Writes the slope of each coefficient, in their order; allocates nothing. A coefficient that the equation does not read has none.
    /// Few terms are worked out again for each. Those before the launches leave nothing but the sum of their work to those after, but for
    /// the stages of a pipeline; so what a second of work adds there is worked out once (chain rule). Terms after the launches leave
    /// nothing at all. Messages are worked out again only for what they depend on.
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
        var (terms, launch) = (TimeTerms.Ordered, TimeTerms.Launch);
        var part = setup.Layout.SplitsModel ? shape.On(setup.Layout, setup.Tuning) : shape;
        var split = shape.Split(setup.Layout);
        var step = new StepContext(part, device, links, setup, coefficients, split);
        var readAtStart = step.TakeRead();
        Span<double> seconds = stackalloc double[StepTime.Capacity];
        Span<ulong> read = stackalloc ulong[StepTime.Capacity];
        double total = 0;
        ulong readFromLaunch = 0;
        var atLaunch = step;
        for (var term = 0; term < terms.Length; term++)
        {
            if (term == launch)
                atLaunch = step;
            seconds[term] = terms[term].Seconds(ref step);
            total += seconds[term];
            read[term] = step.TakeRead();
            readFromLaunch |= term >= launch ? read[term] : 0;
        }
        var (messages, shared) = (step.Messages, step.Shared);
        (atLaunch.Messages, atLaunch.Shared) = (messages, shared);
        var perWork = setup.Mesh.Pipeline == 1 ? PerSecondOfWork(ref atLaunch, seconds) : 0;

        slopes[(int)C.Speed] = 1;
        Span<double> moved = stackalloc double[StepTimeEquation.CoefficientCount];
        coefficients.CopyTo(moved);
        var before = new StepContext(part, device, links, setup, coefficients, split) { Messages = messages, Shared = shared };
        var done = 1UL << (int)C.Speed;
        for (var term = 0; term < terms.Length; term++)
        {
            var due = (term == 0 ? readAtStart | read[term] : read[term]) & ~done;
            done |= due;
            for (var rest = due; rest != 0; rest &= rest - 1)
            {
                var index = BitOperations.TrailingZeroCount(rest);
                moved[index] = coefficients[index] * Factor;
                var beside = (readAtStart >> index & 1) != 0
                    ? new StepContext(part, device, links, setup, moved, split) { Messages = messages, Shared = shared }
                    : before.With(moved);
                if (CommunicationTerm.TimesMessages((C)index))
                    (beside.Messages, beside.Shared) = (null, null);
                var isWork = term < launch && setup.Mesh.Pipeline == 1 && (readFromLaunch >> index & 1) == 0;
                var change = term > launch ? OfReaders(term, index, read, seconds, ref beside)
                    : isWork ? Between(term, launch, seconds, ref beside) * (1 + perWork)
                    : Between(term, terms.Length, seconds, ref beside);
                slopes[index] = change / (Change * total);
                moved[index] = coefficients[index];
            }
            if (term <= launch)
                _ = terms[term].Seconds(ref before);
        }
    }

    /// <summary>Seconds that the terms from the launches on take longer for each second that those before them do.</summary>
    private static double PerSecondOfWork(ref StepContext atLaunch, ReadOnlySpan<double> seconds)
    {
        var more = Change * atLaunch.WorkSeconds;
        atLaunch.WorkSeconds += more;
        return Between(TimeTerms.Launch, TimeTerms.Ordered.Length, seconds, ref atLaunch) / (more * atLaunch.Setup.GradAccum);
    }

    /// <summary>Seconds that terms take longer than they did.</summary>
    private static double Between(int first, int end, ReadOnlySpan<double> seconds, ref StepContext step)
    {
        double change = 0;
        for (var term = first; term < end; term++)
            change += TimeTerms.Ordered[term].Seconds(ref step) - seconds[term];
        return change;
    }

    /// <summary>The same of those that read a coefficient.</summary>
    private static double OfReaders(int first, int index, ReadOnlySpan<ulong> read, ReadOnlySpan<double> seconds, ref StepContext step)
    {
        double change = 0;
        for (var term = first; term < TimeTerms.Ordered.Length; term++)
            if ((read[term] >> index & 1) != 0)
                change += TimeTerms.Ordered[term].Seconds(ref step) - seconds[term];
        return change;
    }
}
