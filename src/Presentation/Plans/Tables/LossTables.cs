using System.Globalization;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Presentation.Tables;
using SlmPlanner.Presentation.Wording;

namespace SlmPlanner.Presentation.Plans.Tables;

/// <summary>What the laws of loss say of the recommended run.</summary>
internal static class LossTables
{
    /// <summary>One law a line; nothing where there is only one.</summary>
    public static ReportTable Laws(IReadOnlyList<LawOutlook>? laws) => ReportTable.Of(
        "Expected loss by each law (--loss-law), each on its own corpus",
        laws is { Count: > 1 } ? laws : [],
        new("law", law => law.Decides ? $"{law.Law} (in force)" : law.Law),
        new("corpus", law => law.Corpus),
        new("loss, nats per token", law => law.Loss.ToString("0.00", CultureInfo.InvariantCulture), IsNumber: true),
        new("a tenth more tokens lowers it by", law => Readable.Percent(law.TenthMoreTokens), IsNumber: true),
        new("best tokens per parameter for this compute", law => Readable.Number(Math.Round(law.BestTokensPerParameter)), IsNumber: true),
        new TableColumn<LawOutlook>("off where held back", law => law.HeldOutError is { } error ? Readable.Percent(error)
            : Readable.Missing, IsNumber: true));
}
