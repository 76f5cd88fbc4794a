using System.Globalization;
using System.Text;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Calibrator.Fleets;

/// <summary>
/// The shell script that every engine runs on a rented machine: fetch the calibrator, measure, upload one small folder, end. What a
/// script does when measuring fails is to say so in the same folder: a probe never just stays away.
/// </summary>
/// <param name="order">What the fleet is to do.</param>
internal sealed class ProbeScript(FleetOrder order)
{
    /// <summary>The commands, for bash.</summary>
    /// <param name="probe">The machine.</param>
    /// <param name="turn">Which of the machines of its kind, from 0, as text for the shell: a number or a variable.</param>
    public string Write(FleetProbe probe, string turn)
    {
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $$"""
            set -uo pipefail
            name={{probe.Name}}-{{turn}}
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            cd "$work"
            started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
            {{Fetch()}}{{Model()}}"$work/calibrator/slm-calibrate" run --device {{order.Device}} --budget-minutes {{order.Minutes:0.##}} --out "$work/run"{{(order.ModelJson is null ? "" : " --for model.json")}} \
                > "$work/log.txt" 2>&1
            code=$?
            mkdir "$name"
            for file in run/profile.json run/measurements.jsonl run/report.html log.txt; do [ -f "$file" ] && cp "$file" "$name/"; done
            printf '{"schema_version":1,"fleet":"%s","probe":"%s","exit_code":%d,"started":"%s","ended":"%s"}\n' \
                {{order.Id}} "$name" "$code" "$started" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > "$name/result.json"
            (cd "$name" && sha256sum -- * > SHA256SUMS)
            {{Upload()}}
            exit "$code"

            """);
        return script.ToString();
    }

    /// <summary>A folder is copied, an archive is fetched and unpacked. Without it there is nothing to do.</summary>
    private string Fetch() => order.Calibrator.Contains("://", StringComparison.Ordinal)
        ? $$"""
            command -v curl > /dev/null || { apt-get update -qq && apt-get install -y -qq curl ca-certificates; } || exit 1
            curl -fsSL --retry 5 --retry-all-errors {{ShellText.Quote(order.Calibrator)}} -o calibrator.tar.gz || exit 1
            mkdir calibrator && tar -xzf calibrator.tar.gz -C calibrator || exit 1

            """
        : $"cp -r {ShellText.Quote(order.Calibrator)} calibrator || exit 1\n";

    private string Model() => order.ModelJson is not { } model ? "" :
        $"printf %s {Convert.ToBase64String(Encoding.UTF8.GetBytes(model))} | base64 -d > model.json\n";

    /// <summary>A folder appears under its name with one rename where that is possible; buckets and hosts get it file by file.</summary>
    private string Upload()
    {
        var target = ShellText.Quote(order.Upload.TrimEnd('/'));
        return (CopyProgram.For(order.Upload) is { } program
            ? $"{string.Join(' ', program.Command)} \"$name\" {target}/{(program.NamesTarget ? "\"$name\"" : "")}"
            : $"mkdir -p {target} && cp -r \"$name\" {target}/.\"$name\" && rm -rf {target}/\"$name\" && mv {target}/.\"$name\" "
            + $"{target}/\"$name\"")
            + " || exit 1";
    }
}
