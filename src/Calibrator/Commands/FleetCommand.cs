using Cocona;
using SlmPlanner.Calibrator.Distributed.Launch;
using SlmPlanner.Calibrator.Fleets;
using SlmPlanner.Core;
using SlmPlanner.Data.Files;
using SlmPlanner.Data.Models;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Commands;

/// <summary><c>slm-calibrate fleet</c>: writes what runs probes side by side on an engine that the user has.</summary>
internal sealed class FleetCommand
{
    private const double MostMinutes = 24 * 60;

    private static readonly CommandArgument Plan = new(
        "PLAN", "a plan.json (the best machine of each device) or a probe.json (the probes to take)") { IsOptional = true };

    private static readonly CommandOption<IReadOnlyList<string>> Offers = CommandOption.Many(
        "offers", Values.Text("PROVIDER/MACHINE[/REGION][=COUNTxGPU]"), "machines to measure instead of a plan's") with
    {
        Example = "lambda/gpu_1x_a10/us-west-1=1xA10",
    };

    private static readonly CommandOption<FleetEngine> Engine = CommandOption.OrElse(
        "engine", Values.Choice<FleetEngine>(), FleetEngine.Skypilot, "what starts the machines");

    private static readonly CommandOption<string> Calibrator = CommandOption.Needed(
        "calibrator", Values.Text("URL|FOLDER"),
        "a folder that eng/publish-calibrator made, as the machines see it, or the address of such a folder as tar.gz") with
    {
        Example = "https://files.example/slm-calibrate.tar.gz",
    };

    private static readonly CommandOption<string> Upload = CommandOption.Needed(
        "upload", Values.Text("TARGET"), "where results go: a folder that all machines share, s3://…, gs://… or user@host:folder") with
    {
        Example = "s3://my-bucket/probes",
    };

    private static readonly CommandOption<double> Minutes = CommandOption.OrElse(
        "budget-minutes", Values.Number("MINUTES").Within(1, MostMinutes), 10, "time of each calibration") with
    {
        Group = OptionGroup.Limits,
    };

    private static readonly CommandOption<int> Repeats = CommandOption.OrElse(
        "repeats", Values.Whole("COUNT").Within(1, 1000), 1, "machines of each kind: how alike they are shows only with several") with
    {
        Group = OptionGroup.Limits,
    };

    private static readonly CommandOption<DeviceKind> Device = CommandOption.OrElse(
        "device", Values.Choice<DeviceKind>(), DeviceKind.Cuda, "what is measured on each machine");

    private static readonly CommandOption<string?> Target =
        CommandOption.Text("for", "FILE", "a model's config.json: bursts bracket its width") with
    {
        Example = "config.json",
    };

    private static readonly CommandOption<string> Out = CommandOption.Needed("out", Values.Text("FOLDER"), "folder for the files") with
    {
        Group = OptionGroup.Output, Example = "fleet",
    };

    /// <summary>The command.</summary>
    public static Command Command { get; } = new Command(
        "fleet", "Write what calibrates several rented machines side by side: SkyPilot, dstack, Slurm or Kubernetes.")
    {
        Arguments = [Plan],
        Options = [Offers, Engine, Calibrator, Upload, Minutes, Repeats, Device, Target, Out],
        Examples =
        [
            "slm-calibrate fleet report/probe.json --calibrator https://files.example/slm-calibrate.tar.gz --upload "
            + "s3://my-bucket/probes --out fleet",
            "slm-calibrate fleet --offers cluster/node --engine slurm --device cpu --calibrator /shared/slm-calibrate --upload "
            + "/shared/probes --out fleet",
        ],
    }.DoneBy<FleetCommand>((command, given) => command.Write(given));

    /// <summary>Writes the files and says how to go on.</summary>
    private int Write(Given given)
    {
        var (file, list) = (given.Of(Plan), given.Of(Offers));
        if (file is null == (list.Count == 0))
            throw new InputException("give either PLAN or --offers LIST: one of them says which machines to measure");
        var order = new FleetOrder
        {
            Probes = file is not null ? FleetProbes.FromFile(file) : FleetProbes.FromList(list),
            Calibrator = given.Of(Calibrator),
            Upload = given.Of(Upload),
            Minutes = given.Of(Minutes),
            Device = given.Of(Device).ToString().ToLowerInvariant(),
            Repeats = given.Of(Repeats),
            ModelJson = given.Of(Target) is { } target ? Model(target) : null,
        }.Checked();
        AtomicFolder.Write(given.Of(Out), FleetFiles.Of(order, given.Of(Engine)));
        Console.Error.WriteLine(
            $"fleet {order.Id}: {order.Manifest.Expected.Count()} probes. Start them with 'bash {given.Of(Out)}/start.sh', "
            + $"then 'slm-calibrate collect {order.Upload} --fleet {given.Of(Out)}/fleet.json'.");
        return ExitCode.Done;
    }

    /// <summary>The model's file, read once so that a machine is not rented for one that can't be.</summary>
    private static string Model(string path)
    {
        _ = ShapeFile.Read(path);
        return File.ReadAllText(path);
    }
}
