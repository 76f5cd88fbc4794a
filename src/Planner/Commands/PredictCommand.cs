using System.Globalization;
using Cocona;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.Measurements;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan predict</c>: speed, interval and memory of every row of a measurements file.</summary>
internal sealed class PredictCommand
{
    private const string Header = "id,tokens_per_sec_per_gpu,low,high,step_time_s,peak_memory_gib,fits,profile,stack,note";

    /// <summary>Predicts the rows.</summary>
    [Command("predict", Description = "Predict the rows of a CSV file with the columns of measured.csv; low and high are the 90 % interval.")]
    public int Predict(
        [Option(Description = "rows to predict (CSV)")] string rows,
        [Option(Description = "file to write (CSV), or - for standard output")] string @out,
        CommonOptions common)
    {
        var store = common.OpenProfiles();
        var predictor = new RowPredictor(store.Devices, PerformanceFiles.Read(store), store.MemoryStacks, Publications.Read(store));
        var lines = MeasurementFile.Read(rows).Select(predictor.Predict).Select(Line).Prepend(Header);
        var text = string.Join('\n', lines) + "\n";
        if (@out == "-")
            Console.Out.Write(text);
        else
            AtomicFile.WriteAllText(@out, text);
        return ExitCode.Done;
    }

    private static string Line(RowPrediction row) => string.Join(',',
        Quoted(row.Id), Number(row.TokensPerSecondPerGpu), Number(row.Low), Number(row.High), Number(row.StepSeconds), Number(row.PeakMemoryGib),
        row.Fits switch { true => "yes", false => "no", null => "" }, Quoted(row.Profile ?? ""), Quoted(row.Stack ?? ""), Quoted(row.Note));

    private static string Number(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "";

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
