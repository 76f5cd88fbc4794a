using System.Runtime.CompilerServices;
using SlmPlanner.Calibrator.Distributed.Collectives;
using SlmPlanner.Calibrator.Distributed.Nccl;
using SlmPlanner.Calibrator.Gpu;

namespace SlmPlanner.Torch.Tests.Distributed;

public sealed class NcclTests
{
    [Fact]
    public void A_unique_id_has_the_size_that_nccl_passes_by_value() => Assert.Equal(128, Unsafe.SizeOf<NcclUniqueId>());

    [Fact]
    public void Nccl_reports_its_version_where_it_is_and_says_where_it_looked_where_it_is_not()
    {
        if (NcclLibrary.Present)
        {
            Assert.Matches(@"^NCCL 2\.\d+\.\d+$", NcclLibrary.Version);
            return;
        }
        var refusal = Assert.Throws<CollectiveException>(() => NcclLibrary.Version);
        Assert.Contains("libnccl.so.2", refusal.Message, StringComparison.Ordinal);
    }
}
