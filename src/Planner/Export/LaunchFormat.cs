namespace SlmPlanner.Planner.Export;

/// <summary>What a plan can be launched with.</summary>
public enum LaunchFormat
{
    /// <summary>A SkyPilot task (YAML).</summary>
    SkyPilot,

    /// <summary>A Slurm batch script.</summary>
    Slurm,

    /// <summary>A shell script that calls torchrun on each node.</summary>
    Torchrun,

    /// <summary>A Hugging Face accelerate configuration (YAML).</summary>
    Accelerate,

    /// <summary>A torchtitan job configuration (TOML).</summary>
    Torchtitan,

    /// <summary>A DeepSpeed configuration (JSON).</summary>
    Deepspeed,

    /// <summary>A dstack task (YAML).</summary>
    Dstack,

    /// <summary>A Kubernetes job with its service (YAML).</summary>
    Kubernetes,
}
