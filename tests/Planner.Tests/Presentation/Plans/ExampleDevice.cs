namespace SlmPlanner.Planner.Tests.Presentation.Plans;

/// <summary>A machine of the example plan: plausible, invented numbers, so that reports can be tested without the models.</summary>
internal sealed record ExampleDevice(
    string Gpu,
    double MemoryGib,
    double Tflops,
    double Mfu,
    string Provider,
    string InstanceType,
    string Region,
    int GpusPerNode,
    double UsdPerGpuHour)
{
    public static readonly ExampleDevice[] All =
    [
        new("RTX4090", 24, 165, 0.37, "runpod", "RTX 4090", "any", 8, 0.34),
        new("L40S", 48, 362, 0.27, "runpod", "L40S", "any", 8, 0.79),
        new("A100-80GB-SXM", 80, 312, 0.42, "lambda", "gpu_8x_a100_80gb_sxm4", "us-east-1", 8, 1.79),
        new("H100-80GB-SXM", 80, 989, 0.33, "lambda", "gpu_8x_h100_sxm5", "us-south-2", 8, 2.99),
    ];
}
