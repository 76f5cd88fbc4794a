#!/usr/bin/env dotnet
#:property GenerateDocumentationFile=false
#:property PublishAot=false
#:property NoWarn=$(NoWarn);CA2007;CA1861
// Finds the set-ups of the study's plotted points and fits them with all other rows. Each point of profiles/validation/study_figures.csv is
// the best over everything that its figure leaves open (docs/notebook/maxima.md). Points of one model with one value are one run, and
// what their figures say holds together. Of the set-ups that are left, the one that the fit calls best is taken; the fit is made again, and
// so on until no set-up changes: then the sum of squares is that of the maxima. Where two take turns, each being slower once it is fitted,
// the search ends with either.
// Writes profiles/validation/measured_maxima.csv and profiles/fit/published.json. Usage: dotnet run eng/study-maxima.cs (after a build)
using System.Diagnostics;
using System.Globalization;

const int MostRounds = 8;
const string Rows = "profiles/validation", Maxima = $"{Rows}/measured_maxima.csv";
var temporary = Directory.CreateTempSubdirectory("maxima").FullName;
var points = Points.Read($"{Rows}/study_figures.csv");
var exact = File.ReadLines($"{Rows}/measured_2.csv").Where(line => line.StartsWith("study_", StringComparison.Ordinal)).Select(Stated).ToList();
var grid = (from gpu in Setup.Gpus
            from count in new[] { 1, 2, 4, 8, 16, 32, 64 }
            from scheme in count == 1 ? ["ddp"] : new[] { "ddp", "fsdp_full", "fsdp_grad_op" }
            from batch in new[] { 4, 8, 16, 32, 64 }
            from attention in new[] { "flash2", "vanilla" }
            select new Setup(gpu, count, scheme, batch, attention)).ToList();
var chosen = new Dictionary<Point, Setup>();
var fitted = new HashSet<string>();
for (var round = 0; round < MostRounds; round++)
{
    var speeds = Predict(round == 0 ? null : temporary);
    var now = points.Select(point => (Point: point, Setup: Best(point, speeds))).Where(pair => pair.Setup is not null)
        .ToDictionary(pair => pair.Point, pair => pair.Setup!);
    var changed = now.Count(pair => !chosen.TryGetValue(pair.Key, out var before) || before != pair.Value);
    var error = now.Average(pair => Math.Abs(speeds[(pair.Key.Model, pair.Value)] / pair.Value.Price / pair.Key.PerDollar - 1));
    Console.WriteLine(FormattableString.Invariant($"round {round}: {now.Count} points, {changed} set-ups changed, mean error {error:P1}"));
    chosen = now;
    string[] rows = [Row.Header, .. Fitted(chosen)];
    if (!fitted.Add(string.Join('\n', rows)))
        break;
    File.WriteAllLines(Maxima, rows);
    Directory.CreateDirectory($"{temporary}/fit");
    Run("artifacts/bin/SlmPlanner.Calibrator/release_linux-x64/slm-calibrate", Rows,
        ["fit", .. new[] { "measured.csv", "measured_2.csv", "measured_3.csv", "measured_maxima.csv", "memory_reports.csv", "parallel.csv" }
            .SelectMany(file => new[] { "--measurements", file }),
            "--exclude", "exclusions.csv", "--seed", "1", "--out", $"{temporary}/fit/published.json"]);
}
File.Copy($"{temporary}/fit/published.json", "profiles/fit/published.json", overwrite: true);
Directory.Delete(temporary, recursive: true);

Setup? Best(Point point, Dictionary<(string, Setup), double> speeds)
{
    var open = grid.Where(setup => point.Allows(setup) && setup.Ran(point.Model)).ToList();
    var isStated = exact.Any(row => row.Model == point.Model && open.Contains(row.Setup)
        && Math.Abs(row.PerDollar / point.PerDollar - 1) < 0.003);
    return isStated || point.IsOutlier(open) ? null : open.MaxBy(setup => speeds[(point.Model, setup)] / setup.Price);
}

Dictionary<(string, Setup), double> Predict(string? profiles)
{
    var asked = (from model in Row.Models from setup in grid select (Model: model, Setup: setup)).ToList();
    File.WriteAllLines($"{temporary}/asked.csv",
        [Row.Header, .. asked.Select((ask, number) => Row.Of(ask.Model, ask.Setup, $"{number}", "", ""))]);
    Run("dotnet", ".",
        ["artifacts/bin/SlmPlanner.Planner/release/slm-plan.dll", "predict", "--rows", $"{temporary}/asked.csv", "--out",
            $"{temporary}/told.csv", "--evidence", "none", .. profiles is null ? [] : new[] { "--profiles", profiles }]);
    return asked.Zip(File.ReadLines($"{temporary}/told.csv").Skip(1))
        .ToDictionary(pair => (pair.First.Model, pair.First.Setup), pair => Number(pair.Second.Split(',')[1]));
}

// Points that lie on one set-up are runs of it; the best of them is the maximum.
IEnumerable<string> Fitted(Dictionary<Point, Setup> setups) =>
    from pair in setups
    where !exact.Any(row => row.Model == pair.Key.Model && row.Setup == pair.Value)
    group pair.Key by (pair.Key.Model, pair.Value) into runs
    orderby runs.Key.Model, $"{runs.Key.Value}"
    let best = runs.MaxBy(point => point.PerDollar)!
    let setup = runs.Key.Value
    select Row.Of(runs.Key.Model, setup, $"study_max_{runs.Key.Model}_{setup}", Invariant(best.PerDollar * setup.Price), best.Said);

static (string Model, Setup Setup, double PerDollar) Stated(string line)
{
    var cells = line.Split(',');
    var setup = new Setup(cells[15], (int)Number(cells[16]), cells[21], (int)Number(cells[22]), cells[20]);
    return (cells[4], setup, Number(cells[26]) / setup.Price);
}

static void Run(string program, string folder, string[] arguments)
{
    using var process = Process.Start(new ProcessStartInfo(Path.IsPathFullyQualified(program) || !program.Contains('/') ? program
        : Path.GetFullPath(program), arguments)
    { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
    var said = process.StandardError.ReadToEndAsync();
    process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said.Result}");
}

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

static string Invariant(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

internal sealed record Setup(string Gpu, int Count, string Scheme, int Batch, string Attention)
{
    public static readonly string[] Gpus = ["A100-40GB-SXM", "A100-80GB-SXM", "H100-SXM"];

    // Price of a GPU-hour over that of the smallest, by which the study divides.
    public double Price => Gpu switch { "A100-40GB-SXM" => 1, "A100-80GB-SXM" => 1.46, _ => 2.53 };

    // Largest batches of a device that the study ran: with flash attention as it says (F11), with vanilla attention none of 16 at 1B on 80 GB
    // (F3), and at 100M 16 at least, since 64 devices have 1,024.
    public bool Ran(string model) => Batch <= (model, Attention, Gpu == Gpus[0]) switch
    {
        ("slm-100m", "flash2", true) => 32,
        ("slm-100m", "flash2", false) => 64,
        ("slm-100m", _, true) => 16,
        ("slm-100m", _, false) => 32,
        (_, "flash2", true) => 8,
        (_, "flash2", false) => 16,
        (_, _, true) => 4,
        _ => 8,
    };

    public override string ToString() => $"{Gpu}_n{Count}_{Scheme}_b{Batch}_{Attention}";
}

internal sealed record Point(string Model, double PerDollar, IReadOnlyList<(string Figure, string Series, int X)> Places)
{
    public string Said => string.Join("; ", Places.Select(place => $"{place.Figure} {place.Series} {place.X}"));

    public bool Allows(Setup setup) => Places.All(place => place.Figure switch
    {
        "fig1" => setup.Count * setup.Batch == place.X && setup.Attention == (place.Series == "Vanilla" ? "vanilla" : "flash2"),
        "fig2" => setup.Count == place.X && setup.Gpu == (place.Series == "H100-80GB" ? "H100-SXM" : $"{place.Series}-SXM"),
        "fig3" => setup.Gpu == "A100-80GB-SXM" && setup.Scheme == Scheme(place.Series)
            && (place.X == 1 ? setup.Count is 2 or 4 or 8 : setup.Count == 8 * place.X),
        _ => setup.Count > 1 && setup.Count * setup.Batch == place.X && setup.Scheme == Scheme(place.Series),
    });

    // 100M on 64 devices: on H100, and on A100-80GB half as fast again as on 32; probably outliers, as the data's own description says.
    public bool IsOutlier(IReadOnlyList<Setup> open) => Model == "slm-100m" && open.All(setup => setup.Count == 64)
        && (open.All(setup => setup.Gpu == "H100-SXM") || (open.All(setup => setup.Gpu == "A100-80GB-SXM") && PerDollar > 60_000));

    private static string Scheme(string series) => series switch
    {
        "DDP" => "ddp", "FSDP-Full" => "fsdp_full", _ => "fsdp_grad_op",
    };
}

internal static class Points
{
    public static IReadOnlyList<Point> Read(string path) =>
        [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))
            .Select(cells => (Model: $"slm-{cells[1].ToLowerInvariant()}", Value: double.Parse(cells[4], CultureInfo.InvariantCulture),
                Place: (cells[0], cells[2], int.Parse(cells[3], CultureInfo.InvariantCulture))))
            .Where(point => point.Value > 0)
            .GroupBy(point => (point.Model, point.Value), point => point.Place)
            .Select(group => new Point(group.Key.Model, group.Key.Value, [.. group]))];
}

internal static class Row
{
    public const string Header = "id,source,date,stack,model_name,params,n_layers,d_model,n_heads,n_kv_heads,d_ffn,ffn_kind,vocab,tied_embeddings,"
        + "seq_len,gpu,n_gpus,gpus_per_node,precision,attention,parallelism,micro_batch_per_gpu,grad_accum,compile,tokens_per_sec_per_gpu,best_of";

    public static readonly string[] Models = ["slm-100m", "slm-1b"];

    public static string Of(string model, Setup setup, string id, string speed, string bestOf) => string.Join(',',
        id, "arXiv:2410.19456 (PMLR v262) figures 1-4", "2024-10", "hf-transformers-eager", model,
        model == "slm-100m" ? "130569920,9,832,13,13,2332" : "970458240,19,1920,30,30,5184", "swiglu,32000,no,1024", setup.Gpu,
        setup.Count, Math.Min(8, setup.Count), "bf16", setup.Attention, setup.Scheme, setup.Batch, 1, "no", speed, bestOf);
}
