using System.Globalization;
using SlmPlanner.Core;

namespace SlmPlanner.Calibrator.Fleets;

/// <summary>What a fleet is to do: which machines, with which calibrator, for how long, and where results go.</summary>
internal sealed record FleetOrder
{
    /// <summary>The machines; at least one.</summary>
    public required IReadOnlyList<FleetProbe> Probes { get; init; }

    /// <summary>
    /// A folder that <c>eng/publish-calibrator</c> made, as the machines see it, or the address of such a folder as tar.gz.
    /// </summary>
    public required string Calibrator { get; init; }

    /// <summary>A folder that all machines share, <c>s3://…</c>, <c>gs://…</c> or <c>user@host:folder</c>.</summary>
    public required string Upload { get; init; }

    /// <summary>Budget of each calibration in minutes.</summary>
    public required double Minutes { get; init; }

    /// <summary>What is measured: <c>cuda</c> or <c>cpu</c>.</summary>
    public required string Device { get; init; }

    /// <summary>How many machines of each kind, ≥ 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The model that bursts are chosen for, as JSON; null for none.</summary>
    public string? ModelJson { get; init; }

    /// <summary>Name of the fleet: a hash of all it does.</summary>
    public string Id => FleetProbe.Hash(string.Create(CultureInfo.InvariantCulture,
        $"{string.Join('\n', Probes)}\n{Calibrator}\n{Upload}\n{Minutes}\n{Device}\n{Repeats}\n{ModelJson}"));

    /// <summary>What <c>collect</c> needs to know of it.</summary>
    public FleetManifest Manifest => new(FleetManifest.CurrentVersion, Id, Minutes, Upload, Repeats, Probes);

    /// <summary>The same, checked.</summary>
    /// <exception cref="InputException">Texts that no script could use.</exception>
    public FleetOrder Checked()
    {
        if (Upload.Contains("://", StringComparison.Ordinal) && CopyProgram.For(Upload) is null)
            throw new InputException(
                $"--upload is {Upload}; allowed: a folder that all machines share, {string.Join("…, ", CopyProgram.Schemes)}… or "
                + $"user@host:folder");
        foreach (var (option, text) in new[] { ("--upload", Upload), ("--calibrator", Calibrator) })
            if (string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl))
                throw new InputException($"{option} is empty or holds control characters");
        return this;
    }
}
