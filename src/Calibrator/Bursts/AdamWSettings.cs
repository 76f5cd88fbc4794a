namespace SlmPlanner.Calibrator.Bursts;

/// <summary>AdamW's constants (Loshchilov and Hutter 2019), at the values usual for small language models.</summary>
internal sealed record AdamWSettings(
    double LearningRate = 1e-3, double Beta1 = 0.9, double Beta2 = 0.95, double WeightDecay = 0.1, double Epsilon = 1e-8);
