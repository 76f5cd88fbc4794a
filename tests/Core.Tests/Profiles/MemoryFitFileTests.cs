using SlmPlanner.Core.Memory.Components;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Tests.Profiles;

/// <summary>The file of a memory fit, of this version and of the one before.</summary>
public sealed class MemoryFitFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Until version 2 the share was one of a block's activations: what is documented stands in its place.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 0.42)]
    public void A_share_of_the_first_version_is_none_of_now(int version, double share)
    {
        var constants = MemoryFitFile.Read(_folder.Write("memory.json", Text(version))).Fitted.Constants;
        Assert.Equal(share, constants.BackwardShare);
        Assert.Equal((879e6, 212e6, 0.04), (constants.ContextBytes, constants.CollectiveBytes, constants.Slack));
        Assert.Equal(1, MemoryConstants.Documented.BackwardShare);
    }

    private static string Text(int version) => $$"""
        {
          "schema_version": {{version}}, "command": "slm-calibrate fit-memory", "date": "2026-11-30",
          "fitted": {
            "constants": {
              "context_bytes": 879000000, "collective_bytes": 212000000, "slack": 0.04, "compiled_logit_bytes": 9,
              "pointwise_gelu_tensors": 6, "backward_share": 0.42
            },
            "known_stack_log_spread": 0.1, "unknown_stack_log_spread": 0.2, "mixture": [],
            "runnable_share": 0.8, "shared_share": 0.3, "unknown_shared_share": 0.3
          },
          "accuracy": [], "rows": []
        }
        """;
}
