using System.Globalization;
using Cocona;
using SlmPlanner.Core.Memory;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan predict</c>: speed, interval and memory of every row of a measurements file.</summary>
internal sealed class PredictCommand
{
    private const string Header =
        "id,tokens_per_sec_per_gpu,low,high,step_time_s,peak_memory_gib,fits,fits_probability,profile,stack,note,"
        + "narrowed_most_by";

    private static readonly CommandOption<string> Rows = CommandOption.Needed("rows", Values.Text("FILE"), "rows to predict (CSV)") with
    {
        Example = "rows.csv",
    };

    private static readonly CommandOption<string> Out = CommandOption.Needed(
        "out", Values.Text("FILE"), "file to write (CSV), or - for standard output") with
    {
        Group = OptionGroup.Output, Example = "-",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "predict", "Predict the rows of a CSV file with the columns of measured.csv; low and high are the 90 % interval.")
    {
        Options = [Rows, Out, .. DataOptions.Predicting],
        Examples = ["slm-plan predict --rows rows.csv --out predicted.csv", "slm-plan predict --rows rows.csv --out - --evidence none"],
    }.DoneBy<PredictCommand>((command, given) => Predict(given));

    /// <summary>Predicts the rows.</summary>
    private static int Predict(Given given)
    {
        var store = DataOptions.OpenProfiles(given);
        var own = DataOptions.OpenEvidence(given, store);
        var predictor = new RowPredictor(
            store.Devices, own.Learned(PerformanceFiles.Read(store)), own.Learned(store.Memory), Publications.Read(store));
        var lines = MeasurementFile.Read(given.Of(Rows)).Select(predictor.Predict).Select(Line).Prepend(Header);
        var text = string.Join('\n', lines) + "\n";
        if (given.Of(Out) is "-")
            Console.Out.Write(text);
        else
            AtomicFile.WriteAllText(given.Of(Out), text);
        return ExitCode.Done;
    }

    private static string Line(RowPrediction row) => string.Join(',',
        Quoted(row.Id), Number(row.TokensPerSecondPerGpu), Number(row.Low), Number(row.High), Number(row.StepSeconds),
        Number(row.PeakMemoryGib),
        row.FitsProbability is { } fits ? Word(FitVerdicts.Of(fits)) : "",
        row.FitsProbability?.ToString("0.###", CultureInfo.InvariantCulture) ?? "",
        Quoted(row.Profile ?? ""), Quoted(row.Stack ?? ""), Quoted(row.Note), Quoted(row.NarrowedMost ?? ""));

    private static string Word(FitVerdict verdict) => verdict switch
    {
        FitVerdict.Yes => "yes",
        FitVerdict.Likely => "likely",
        FitVerdict.Unlikely => "unlikely",
        _ => "no",
    };

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
