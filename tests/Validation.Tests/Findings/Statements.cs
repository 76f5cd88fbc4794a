using SlmPlanner.Core.Training;

namespace SlmPlanner.Tests.Findings;

/// <summary>Each statement of the study that the models can decide, decided over the shipped profiles, with its numbers.</summary>
internal static class Statements
{
    private const string Large = "A100-80GB-SXM";
    private static readonly Scheme[] All = [Scheme.Ddp, Scheme.FsdpFull, Scheme.FsdpGradOp];
    private static readonly int[] Nodes = [8, 16, 32, 64];

    public static IEnumerable<Verdict> Decide(Study study)
    {
        double PerPrice(string model, int batch, AttentionKind attention) => (
            from device in Study.Devices
            from gpus in Study.Gpus
            select study.Best(model, device.Device, gpus, batch, attention, All).Speed / device.Price).Max();
        double[][] gains = [.. Study.Models.Select(model => Study.Batches
            .Select(batch => (Flash: PerPrice(model, batch, AttentionKind.Flash), Vanilla: PerPrice(model, batch, AttentionKind.Vanilla)))
            .Where(speeds => speeds.Vanilla > 0).Select(speeds => speeds.Flash / speeds.Vanilla).ToArray())];
        double[] means = [.. gains.Select(ofModel => ofModel.Average())];
        yield return new("F1", gains.All(ofModel => ofModel.All(gain => gain > 1)),
            FormattableString.Invariant($"flash over vanilla at {gains.Sum(ofModel => ofModel.Length)} points: {gains.Min(ofModel => ofModel.Min()):0.00} to {gains.Max(ofModel => ofModel.Max()):0.00}"));
        yield return new("F2", means.Zip(means.Skip(1)).All(pair => pair.First > pair.Second), Words("mean gain by model size", means));

        var vanilla = new[] { "1b", "2b" }.Select(model => (
            Vanilla: study.Fits(model, Large, Study.Setup(1, 16, Scheme.Ddp, AttentionKind.Vanilla)),
            Flash: study.Fits(model, Large, Study.Setup(1, 16, Scheme.Ddp)))).ToList();
        yield return new("F3", vanilla.TrueForAll(fits => !fits.Vanilla && fits.Flash),
            $"16 per device fit with vanilla: {string.Join(", ", vanilla.Select(fits => fits.Vanilla))}; with flash: "
            + $"{string.Join(", ", vanilla.Select(fits => fits.Flash))}");

        var cheapest = (from model in Study.Models from gpus in Study.Gpus
                        select (Cell: $"{model} on {gpus}", Study.Devices.MaxBy(
                            device => study.Best(model, device.Device, gpus, All).Speed / device.Price).Device)).ToList();
        int Wins(string device) => cheapest.Count(cell => cell.Device == device);
        string Cells(string device) => string.Join(", ", cheapest.Where(cell => cell.Device == device).Select(cell => cell.Cell));
        yield return new("F4", Wins("H100-SXM") == 0,
            $"H100 is cheapest in {Wins("H100-SXM")} of {cheapest.Count} cells: {Cells("H100-SXM")}");
        var tuned = study.Speed("1b", "H100-SXM", Study.Setup(8, 16, Scheme.FsdpFull), "llm-foundry")
            / study.Speed("1b", Large, Study.Setup(8, 16, Scheme.FsdpFull), "llm-foundry");
        yield return new("F4-tuned", tuned is > 1.73 and < 2.7,
            FormattableString.Invariant($"H100 over A100-80GB in llm-foundry: {tuned:0.00}"));
        yield return new("F5", Wins("A100-40GB-SXM") > cheapest.Count / 2,
            $"A100-40GB is cheapest in {Wins("A100-40GB-SXM")} of {cheapest.Count} cells");

        double Lead(string model, int gpus) => study.Best(model, Large, gpus, Scheme.Ddp).Speed
            / study.Best(model, Large, gpus, Scheme.FsdpFull).Speed;
        double[] small = [.. from model in new[] { "100m", "500m" } from gpus in Nodes select Lead(model, gpus)];
        yield return new("F6", small.All(lead => lead > 1), Words("DDP over full sharding at 100M and 500M", small));
        double[] large = [.. Nodes.Select(gpus => Lead("2b", gpus))];
        yield return new("F7", large.All(lead => lead < 1), Words("DDP over full sharding at 2B", large));

        var flattest = Study.Models.All(model => study.Best(model, Large, 8, All).Batch
            == Study.Batches.Last(batch => All.Any(scheme => study.Fits(model, Large, Study.Setup(8, batch, scheme)))));
        var rise = study.Speed("100m", Large, Study.Setup(8, 64, Scheme.Ddp)) / study.Speed("100m", Large, Study.Setup(8, 4, Scheme.Ddp));
        yield return new("F9", flattest && rise > 2,
            FormattableString.Invariant($"the largest batch that fits is best: {flattest}; 100M on 8 GPUs gains {rise:0.0} times from 4 to 64"));

        double[] drops = [.. Study.Models.Select(model =>
            1 - study.Best(model, Large, 8, All).Speed / study.Best(model, Large, 1, Scheme.Ddp).Speed)];
        double[] later = [.. Study.Models.Select(model =>
            1 - study.Best(model, Large, 32, All).Speed / study.Best(model, Large, 8, All).Speed)];
        yield return new("F10", drops.All(drop => drop is > 0.03 and < 0.41) && later.All(drop => Math.Abs(drop) < 0.1),
            $"{Words("loss from 1 to 8 GPUs", drops)}; {Words("from 8 to 32", later)}");

        (string Model, string Device, int Batch)[] ran =
            [("100m", "A100-40GB-SXM", 32), ("100m", Large, 64), ("500m", "A100-40GB-SXM", 16), ("500m", Large, 32),
                ("1b", "A100-40GB-SXM", 8), ("1b", Large, 16), ("2b", Large, 8)];
        var missing = ran.Where(run => !study.Fits(run.Model, run.Device, Study.Setup(8, run.Batch, Scheme.Ddp))).ToList();
        yield return new("F11", missing.Count == 0,
            $"called out of memory although they ran: {(missing.Count == 0 ? "none" : string.Join(", ", missing))}");
    }

    private static string Words(string what, IEnumerable<double> numbers) =>
        $"{what} {string.Join(", ", numbers.Select(number => FormattableString.Invariant($"{number:0.00}")))}";
}

/// <summary>Whether a statement holds over the shipped profiles.</summary>
/// <param name="Statement">Its number in <c>docs/findings.md</c>.</param>
/// <param name="Holds">The verdict.</param>
/// <param name="Numbers">Ours.</param>
internal sealed record Verdict(string Statement, bool Holds, string Numbers);
