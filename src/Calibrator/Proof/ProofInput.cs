using SlmPlanner.Calibrator.Runs;
using SlmPlanner.Core;

namespace SlmPlanner.Calibrator.Proof;

/// <summary>What a proof starts from: the folder of a calibration, and how many configurations to draw.</summary>
/// <param name="State">The calibration's measurements.</param>
/// <param name="LogFile">Where its proofs keep their bursts.</param>
internal sealed record ProofInput(RunState State, string LogFile)
{
    private const int MostConfigurations = 1000;

    /// <summary>Reads the folder.</summary>
    /// <param name="calibration">The folder.</param>
    /// <param name="count">Configurations, 1 to 1000.</param>
    /// <exception cref="InputException">The count is out of range, or the folder holds nothing that could be fitted.</exception>
    public static ProofInput Read(string calibration, int count)
    {
        if (count is < 1 or > MostConfigurations)
            throw new InputException($"--count is {count}; 1 to {MostConfigurations} is allowed");
        var state = SiblingFiles.Read(calibration);
        return state.Micro is null || state.Fitted.Count == 0
            ? throw new InputException($"{calibration} holds no calibration: make one with run --out DIR")
            : new(state, Path.Combine(calibration, "proof.jsonl"));
    }
}
