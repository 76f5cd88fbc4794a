namespace SlmPlanner.Core.Economics.Loss;

/// <summary>
/// A predicted loss in nats per token. The interval holds what the constants' standard errors and seeds explain on the
/// law's own corpus; another corpus or tokenizer shifts all losses by an amount that no law knows.
/// </summary>
/// <param name="Mean">Central estimate.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
public readonly record struct LossEstimate(double Mean, double Low, double High);
