using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Results;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Planner.Export.Trainers;

/// <summary>
/// Liger's fused loss in the settings of Hugging Face's trainer, without Liger's other kernels, which the plan did not count.
/// </summary>
internal static class LigerKernels
{
    /// <summary>What a script of it installs besides.</summary>
    public const string Note = "The fused loss is Liger's: pip install liger-kernel, which must know the model's family.";

    private const string LossAlone =
        "{\"fused_linear_cross_entropy\": true, \"cross_entropy\": false, \"rope\": false, \"rms_norm\": false, \"swiglu\": false}";

    /// <summary>True where the plan takes the fused loss.</summary>
    public static bool Takes(Candidate candidate) => candidate.Loss == LossForm.Fused;

    /// <summary>Sets it where the plan takes it.</summary>
    public static TrainerSettings SetIn(TrainerSettings settings, Candidate candidate) => Takes(candidate)
        ? settings.Set("use_liger_kernel", true).Set("liger_kernel_config", LossAlone)
        : settings;
}
