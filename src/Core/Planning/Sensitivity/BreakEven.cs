namespace SlmPlanner.Core.Planning.Sensitivity;

/// <summary>What another candidate would have to cost per hour to be as cheap as the recommendation.</summary>
/// <param name="Gpu">Its device.</param>
/// <param name="Gpus">Its number of devices.</param>
/// <param name="Provider">Its provider.</param>
/// <param name="UsdPerGpuHour">Its price per device and hour.</param>
/// <param name="BreakEvenUsdPerGpuHour">The price at which the two runs cost the same.</param>
/// <param name="Change">Break-even over price, minus one: −0.2 is 20 % cheaper.</param>
/// <param name="KeepsDeadline">False when it would miss the deadline at any price.</param>
public sealed record BreakEven(
    string Gpu, int Gpus, string Provider, double UsdPerGpuHour, double BreakEvenUsdPerGpuHour, double Change, bool KeepsDeadline);
