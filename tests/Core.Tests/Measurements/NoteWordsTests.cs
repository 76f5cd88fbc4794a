using SlmPlanner.Core.Measurements;
using SlmPlanner.Data.Measurements;

namespace SlmPlanner.Tests.Measurements;

/// <summary>What notes of public reports say of memory.</summary>
public sealed class NoteWordsTests
{
    [Theory]
    [InlineData("kind: torch peak allocated; unit GiB; nvidia-smi 18.2 GiB; none", MemoryKind.Allocated)]
    [InlineData("kind: max reserved. unit GB", MemoryKind.Reserved)]
    [InlineData("kind: nvidia-smi; unit GB", MemoryKind.Device)]
    [InlineData("kind: not stated; reserved words", null)]
    [InlineData("nvidia-smi 18.2 GiB", null)]
    [InlineData(null, null)]
    public void Kinds(string? notes, MemoryKind? kind) => Assert.Equal(kind, NoteWords.KindOf(notes));

    [Theory]
    [InlineData("kind: peak; unit GB; called an estimate", MemoryUnit.Gigabyte)]
    [InlineData("unit GiB (bytes/2^30)", MemoryUnit.Gibibyte)]
    [InlineData("unit printed GB", null)]
    public void Units(string? notes, MemoryUnit? unit) => Assert.Equal(unit, NoteWords.UnitOf(notes));

    [Theory]
    [InlineData("no fused kernels; optimizer adamw_torch; packed to 2048", "adamw_torch")]
    [InlineData("full bf16; optimizer AdamW 8-bit bitsandbytes; Alpaca", "AdamW 8-bit bitsandbytes")]
    [InlineData("optimizer not AdamW as usual", null)]
    [InlineData("chunked loss, optimizer in backward", null)]
    public void Optimizers(string? notes, string? optimizer) => Assert.Equal(optimizer, NoteWords.OptimizerOf(notes));
}
