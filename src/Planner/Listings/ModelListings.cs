using System.Globalization;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Models.Blocks;
using SlmPlanner.Data.Models;
using SlmPlanner.Presentation.Tables;

namespace SlmPlanner.Planner.Listings;

/// <summary>The tables of <c>slm-plan models</c>.</summary>
internal static class ModelListings
{
    /// <summary>Every model with its shape, parameter count and source, for programs.</summary>
    public static Listing<(string Family, TransformerShape Model)> All(ModelCatalog catalog) => new(
        "models", "Models", catalog.Entries,
        new ListingColumn<(string Family, TransformerShape Model)>("name", "Name", entry => entry.Model.Name),
        new("family", "Family", entry => entry.Family),
        new("parameters", "Parameters", entry => (double)ParameterCount.Of(entry.Model).Total,
            entry => Grouped(ParameterCount.Of(entry.Model).Total), IsNumber: true),
        new("n_layers", "Layers", entry => entry.Model.Layers, IsNumber: true),
        new("d_model", "Width", entry => entry.Model.DModel, IsNumber: true),
        new("n_heads", "Heads", entry => entry.Model.Heads, IsNumber: true),
        new("n_kv_heads", "KV heads", entry => entry.Model.KvHeads, IsNumber: true),
        new("d_ffn", "FFN", entry => entry.Model.DFfn, IsNumber: true),
        new("vocab", "Vocabulary", entry => entry.Model.Vocab, IsNumber: true),
        new("tied_embeddings", "Tied", entry => entry.Model.TiedEmbeddings, entry => entry.Model.TiedEmbeddings ? "yes" : "no"),
        new("date", "Released", entry => entry.Model.Date),
        new("source", "Source", entry => entry.Model.Source),
        new("active_parameters", "Active per token", entry => (double)ParameterCount.Of(entry.Model).Active,
            entry => Grouped(ParameterCount.Of(entry.Model).Active), IsNumber: true));

    /// <summary>The same for people: narrow enough for a terminal of 80 columns.</summary>
    public static Listing<(string Family, TransformerShape Model)> Overview(ModelCatalog catalog) => new(
        "models", "Models", catalog.Entries,
        new ListingColumn<(string Family, TransformerShape Model)>("name", "Name", entry => entry.Model.Name),
        new("parameters", "Parameters", entry => (double)ParameterCount.Of(entry.Model).Total,
            entry => Grouped(ParameterCount.Of(entry.Model).Total), IsNumber: true),
        new("n_layers", "Layers", entry => entry.Model.Layers, IsNumber: true),
        new("d_model", "Width", entry => entry.Model.DModel, IsNumber: true),
        new("vocab", "Vocabulary", entry => entry.Model.Vocab, IsNumber: true),
        new("date", "Released", entry => entry.Model.Date));

    /// <summary>One model's parameters and operations by component, with their total.</summary>
    /// <param name="shape">The model.</param>
    /// <param name="seqLen">Tokens per sequence, which attention's operations and learned positions depend on.</param>
    public static Listing<ModelComponent> Components(TransformerShape shape, int seqLen) => new(
        "components", Title(shape, seqLen), [.. ModelComponent.Of(shape, seqLen)],
        new ListingColumn<ModelComponent>("component", "Component", part => part.Name),
        new("parameters", "Parameters", part => (double)part.Parameters, part => Grouped(part.Parameters), IsNumber: true),
        new("forward_flop_per_token", "Forward FLOPs per token", part => part.ForwardFlops, part => Grouped(part.ForwardFlops),
            IsNumber: true),
        new("training_flop_per_token", "Forward and backward", part => 3 * part.ForwardFlops, part => Grouped(3 * part.ForwardFlops),
            IsNumber: true));

    private static string Title(TransformerShape shape, int seqLen) => shape.Sequence is { } blocks
        ? string.Create(CultureInfo.InvariantCulture,
            $"{shape.Name}: width {shape.DModel}, {string.Join("; ", BlockWords.Of(blocks.Kinds))}; vocabulary {shape.Vocab} "
            + $"({(shape.TiedEmbeddings ? "tied" : "untied")}), causal, {seqLen} tokens per sequence")
        : string.Create(
        CultureInfo.InvariantCulture,
        $"{shape.Name}: {shape.Layers} layers, width {shape.DModel}, {shape.Heads} heads of {shape.HeadDim} ({shape.KvHeads} "
        + $"key-value), feed-forward {shape.DFfn} ({(shape.FfnKind == FfnKind.Swiglu ? "gated" : "plain")}), vocabulary {shape.Vocab} "
        + $"({(shape.TiedEmbeddings ? "tied" : "untied")}), causal, {seqLen} tokens per sequence");

    private static string Grouped(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
