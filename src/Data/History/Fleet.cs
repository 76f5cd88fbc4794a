using MathNet.Numerics.Statistics;

namespace SlmPlanner.Data.History;

/// <summary>All calibrated machines beside the others of their kind, and beside themselves earlier.</summary>
public static class Fleet
{
    private const string Multiplies = "matmul", Bandwidth = "elementwise";

    /// <summary>Where each machine stands, by device and from the slowest on.</summary>
    /// <param name="entries">Runs, oldest first.</param>
    public static IReadOnlyList<MachineStanding> Of(IReadOnlyList<HistoryEntry> entries) =>
    [
        .. entries.GroupBy(entry => entry.Device).OrderBy(kind => kind.Key, StringComparer.Ordinal).SelectMany(kind =>
        {
            HistoryEntry[][] machines = [.. kind.GroupBy(entry => entry.Machine).Select(machine => machine.ToArray())];
            var usual = Usual([.. machines.Select(machine => machine[^1])]);
            return machines.Select(machine => Standing(machine, machines.Length - 1, usual))
                .OrderBy(standing => standing.Speed ?? 1).ThenBy(standing => standing.Machine, StringComparer.Ordinal);
        }),
    ];

    /// <summary>Every calibration of every machine beside the latest ones of its kind, by device and machine.</summary>
    /// <param name="entries">Runs, oldest first; those without a rate that its kind has are passed over.</param>
    public static IReadOnlyList<MachineCourse> Courses(IReadOnlyList<HistoryEntry> entries) =>
    [
        .. entries.GroupBy(entry => entry.Device).OrderBy(kind => kind.Key, StringComparer.Ordinal).SelectMany(kind =>
        {
            HistoryEntry[][] machines = [.. kind.GroupBy(entry => entry.Machine).OrderBy(machine => machine.Key, StringComparer.Ordinal)
                .Select(machine => machine.ToArray())];
            var usual = Usual([.. machines.Select(machine => machine[^1])]);
            return machines.Select(machine => new MachineCourse(kind.Key, machine[0].Machine,
                [
                    .. from run in machine
                       let speed = Ratio(run.Numbers, usual, "")
                       where speed is not null
                       select new MachineSpeed(run.Id, run.At, speed.Value),
                ])).Where(course => course.Points.Count > 0);
        }),
    ];

    private static MachineStanding Standing(HistoryEntry[] runs, int siblings, Dictionary<string, double> usual)
    {
        var latest = runs[^1];
        double? Speed(string part) => siblings == 0 ? null : Ratio(latest.Numbers, usual, part);
        return new(
            latest.Device, latest.Machine, runs.Length, latest.At, siblings, Speed(""), Speed(Multiplies), Speed(Bandwidth),
            runs.Length == 1 ? null : Ratio(latest.Numbers, runs[0].Numbers, "") - 1, latest.HeldOutError);
    }

    /// <summary>The median of each rate over machines.</summary>
    private static Dictionary<string, double> Usual(HistoryEntry[] latest) => latest
        .SelectMany(entry => entry.Numbers).Where(number => number.Key.EndsWith(HistoryComparison.RateSuffix, StringComparison.Ordinal))
        .GroupBy(number => number.Key, number => number.Value).ToDictionary(rate => rate.Key, rate => rate.Median());

    /// <summary>Median ratio of the rates that both have; null where there is none.</summary>
    private static double? Ratio(IReadOnlyDictionary<string, double> numbers, IReadOnlyDictionary<string, double> others, string part)
    {
        double[] ratios =
        [
            .. numbers.Where(number => number.Key.EndsWith(HistoryComparison.RateSuffix, StringComparison.Ordinal)
                    && number.Key.StartsWith(part, StringComparison.Ordinal) && others.GetValueOrDefault(number.Key) > 0)
                .Select(number => number.Value / others[number.Key]),
        ];
        return ratios.Length == 0 ? null : ratios.Median();
    }
}
