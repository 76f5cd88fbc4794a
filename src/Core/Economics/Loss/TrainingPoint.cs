namespace SlmPlanner.Core.Economics.Loss;

/// <summary>How large a model is trained on how much.</summary>
/// <param name="Parameters">All parameters N, embeddings included.</param>
/// <param name="Tokens">Training tokens D.</param>
public readonly record struct TrainingPoint(double Parameters, double Tokens)
{
    /// <summary>Training FLOPs by the convention of the scaling laws, C = 6 · N · D.</summary>
    public double Flops => 6 * Parameters * Tokens;

    /// <summary>Tokens per parameter, D / N.</summary>
    public double TokensPerParameter => Tokens / Parameters;
}
