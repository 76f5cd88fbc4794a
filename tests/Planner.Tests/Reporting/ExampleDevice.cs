namespace SlmPlanner.Planner.Tests.Reporting;

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
        new("T4", 16, 65, 0.17, "gcp", "n1-standard-8", "us-central1", 1, 0.35),
        new("V100-32GB-SXM", 32, 125, 0.22, "aws", "p3dn.24xlarge", "us-east-1", 8, 3.90),
        new("L4", 24, 121, 0.26, "gcp", "g2-standard-96", "us-central1", 8, 0.71),
        new("A10", 24, 125, 0.30, "lambda", "gpu_1x_a10", "us-west-1", 1, 0.75),
        new("RTX4090", 24, 165, 0.37, "runpod", "RTX 4090", "any", 8, 0.34),
        new("L40S", 48, 362, 0.27, "runpod", "L40S", "any", 8, 0.79),
        new("A100-40GB-SXM", 40, 312, 0.38, "lambda", "gpu_8x_a100", "us-west-2", 8, 1.29),
        new("A100-80GB-SXM", 80, 312, 0.42, "lambda", "gpu_8x_a100_80gb_sxm4", "us-east-1", 8, 1.79),
        new("H100-80GB-SXM", 80, 989, 0.33, "lambda", "gpu_8x_h100_sxm5", "us-south-2", 8, 2.99),
        new("H200-141GB-SXM", 141, 989, 0.36, "nebius", "gpu-h200-sxm", "eu-north1", 8, 3.50),
        new("B200-180GB-SXM", 180, 2250, 0.27, "lambda", "gpu_8x_b200", "us-east-3", 8, 4.99),
        new("MI300X", 192, 1307, 0.21, "hotaisle", "1x MI300X VM", "us-michigan-1", 8, 1.99),
    ];
}
