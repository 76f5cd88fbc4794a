using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;

namespace SlmPlanner.Data.Models;

/// <summary>
/// A shape as files hold it: members that most models share may be left out and then mean what
/// <see cref="TransformerShape"/> says of them.
/// </summary>
internal sealed record ModelEntry
{
    /// <summary>As <see cref="TransformerShape.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>As <see cref="TransformerShape.Layers"/>.</summary>
    public required int NLayers { get; init; }

    /// <summary>As <see cref="TransformerShape.DModel"/>.</summary>
    public required int DModel { get; init; }

    /// <summary>As <see cref="TransformerShape.Heads"/>.</summary>
    public required int NHeads { get; init; }

    /// <summary>As <see cref="TransformerShape.KvHeads"/>; as many as query heads where left out.</summary>
    public int? NKvHeads { get; init; }

    /// <summary>As <see cref="TransformerShape.HeadDim"/>; d_model / n_heads where left out.</summary>
    public int? HeadDim { get; init; }

    /// <summary>As <see cref="TransformerShape.DFfn"/>.</summary>
    public required int DFfn { get; init; }

    /// <summary>As <see cref="TransformerShape.FfnKind"/>.</summary>
    public required FfnKind FfnKind { get; init; }

    /// <summary>As <see cref="TransformerShape.Vocab"/>.</summary>
    public required int Vocab { get; init; }

    /// <summary>As <see cref="TransformerShape.TiedEmbeddings"/>.</summary>
    public required bool TiedEmbeddings { get; init; }

    /// <summary>As <see cref="TransformerShape.Positions"/>; rotary where left out.</summary>
    public PositionKind? Positions { get; init; }

    /// <summary>As <see cref="TransformerShape.MaxPositions"/>; 2048 where left out.</summary>
    public int? MaxPositions { get; init; }

    /// <summary>As <see cref="TransformerShape.Norm"/>; root-mean-square where left out.</summary>
    public NormKind? Norm { get; init; }

    /// <summary>As <see cref="TransformerShape.NormsPerLayer"/>; 2 where left out.</summary>
    public int? NormsPerLayer { get; init; }

    /// <summary>As <see cref="TransformerShape.QkvBias"/>.</summary>
    public bool QkvBias { get; init; }

    /// <summary>As <see cref="TransformerShape.AttentionOutBias"/>.</summary>
    public bool AttentionOutBias { get; init; }

    /// <summary>As <see cref="TransformerShape.FfnBias"/>.</summary>
    public bool FfnBias { get; init; }

    /// <summary>As <see cref="TransformerShape.HeadBias"/>.</summary>
    public bool HeadBias { get; init; }

    /// <summary>As <see cref="TransformerShape.NormBias"/>; true where left out.</summary>
    public bool? NormBias { get; init; }

    /// <summary>As <see cref="TransformerShape.QkNorm"/>.</summary>
    public QkNormKind QkNorm { get; init; }

    /// <summary>As <see cref="TransformerShape.PublishedParameters"/>.</summary>
    public long? PublishedParameters { get; init; }

    /// <summary>As <see cref="TransformerShape.Source"/>.</summary>
    public string? Source { get; init; }

    /// <summary>As <see cref="TransformerShape.Date"/>.</summary>
    public string? Date { get; init; }

    /// <summary>The shape, checked.</summary>
    /// <param name="origin">The file, for the message.</param>
    /// <exception cref="InputException">A member is out of range.</exception>
    public TransformerShape ToShape(string origin) => ShapeLimits.Checked(
        new()
        {
            Name = Name,
            Layers = NLayers,
            DModel = DModel,
            Heads = NHeads,
            KvHeads = NKvHeads ?? NHeads,
            HeadDim = HeadDim ?? (NHeads > 0 ? DModel / NHeads : 0),
            DFfn = DFfn,
            FfnKind = FfnKind,
            Vocab = Vocab,
            TiedEmbeddings = TiedEmbeddings,
            Positions = Positions ?? PositionKind.Rotary,
            MaxPositions = MaxPositions ?? 2048,
            Norm = Norm ?? NormKind.RmsNorm,
            NormsPerLayer = NormsPerLayer ?? 2,
            QkvBias = QkvBias,
            AttentionOutBias = AttentionOutBias,
            FfnBias = FfnBias,
            HeadBias = HeadBias,
            NormBias = NormBias ?? true,
            QkNorm = QkNorm,
            PublishedParameters = PublishedParameters,
            Source = Source,
            Date = Date,
        },
        $"{origin}: model \"{Name}\"");
}
