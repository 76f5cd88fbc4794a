using System.Text.Json;
using SlmPlanner.Core;
using SlmPlanner.Core.Models;
using SlmPlanner.Data.Models.HuggingFace;

namespace SlmPlanner.Data.Models;

/// <summary>A model by its Hugging Face configuration, with what the configuration does not say.</summary>
internal sealed record ConfiguredModel
{
    /// <summary>As <see cref="TransformerShape.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The configuration: what counts depend on suffices.</summary>
    public required JsonElement Config { get; init; }

    /// <summary>As <see cref="TransformerShape.PublishedParameters"/>.</summary>
    public long? PublishedParameters { get; init; }

    /// <summary>As <see cref="TransformerShape.Source"/>.</summary>
    public required string Source { get; init; }

    /// <summary>As <see cref="TransformerShape.Date"/>.</summary>
    public required string Date { get; init; }

    /// <summary>The shape, checked.</summary>
    /// <param name="origin">The file, for the message.</param>
    /// <exception cref="InputException">The configuration can't be read.</exception>
    public TransformerShape ToShape(string origin) => HuggingFaceConfig.Read(Config, $"{origin}: model \"{Name}\"") with
    {
        Name = Name, PublishedParameters = PublishedParameters, Source = Source, Date = Date,
    };
}
