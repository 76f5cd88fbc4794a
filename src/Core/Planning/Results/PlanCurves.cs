namespace SlmPlanner.Core.Planning.Results;

/// <summary>The series behind the charts, computed by the search so that reports only draw.</summary>
public sealed record PlanCurves
{
    /// <summary>Cost against time: for each device type and count its best candidate, and whether it is on the Pareto front.</summary>
    public required IReadOnlyList<CostTimePoint> CostTime { get; init; }

    /// <summary>Tokens per dollar of the best candidate of each device type at each device count.</summary>
    public required IReadOnlyList<GpuCountPoint> TokensPerUsdByGpuCount { get; init; }

    /// <summary>Tokens per dollar against micro-batch on the recommended machines, the rest of the setup unchanged.</summary>
    public required IReadOnlyList<MicroBatchPoint> TokensPerUsdByMicroBatch { get; init; }

    /// <summary>Expected loss of the request's model against dollars spent on the recommended machines.</summary>
    public required IReadOnlyList<LossPoint> LossByUsd { get; init; }
}

/// <summary>A point of cost against time.</summary>
public sealed record CostTimePoint(string Gpu, int Gpus, string Provider, double Hours, double CostUsd, bool OnFront);

/// <summary>Tokens per dollar at a device count.</summary>
public sealed record GpuCountPoint(string Gpu, int Gpus, double TokensPerUsd);

/// <summary>Tokens per dollar at a micro-batch; <paramref name="Fits"/> is false beyond the device's memory.</summary>
public sealed record MicroBatchPoint(int MicroBatch, double TokensPerUsd, double PeakMemoryBytes, bool Fits);

/// <summary>Expected loss with its interval at an amount of money.</summary>
public sealed record LossPoint(double Usd, double Tokens, double Loss, double LossLow, double LossHigh);
