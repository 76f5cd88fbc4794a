using CsCheck;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Data.Economics;

namespace SlmPlanner.Tests.Loss;

public sealed class ComputeOptimalTests
{
    private static readonly ScalingLaw Law = ScalingLawFile.Read(RepositoryProfiles.Folder);
    private static readonly Gen<double> Flops = Gen.Double[18, 23].Select(e => Math.Pow(10, e));

    [Fact]
    public void The_optimum_spends_the_flops() => Flops.Sample(flops =>
        Math.Abs(ComputeOptimal.ForFlops(Law, flops).Flops / flops - 1) < 1e-9);

    [Fact]
    public void No_other_size_at_the_same_flops_loses_less() =>
        Gen.Select(Flops, Gen.Double[0.2, 5]).Sample((flops, factor) =>
        {
            var best = ComputeOptimal.ForFlops(Law, flops);
            return Law.Loss(best.Parameters, best.Tokens)
                <= Law.Loss(best.Parameters * factor, best.Tokens / factor) + 1e-12;
        });

    [Fact]
    public void More_flops_never_give_a_worse_loss() =>
        Gen.Select(Flops, Gen.Double[1, 10]).Sample((flops, more) =>
            Loss(ComputeOptimal.ForFlops(Law, flops * more)) <= Loss(ComputeOptimal.ForFlops(Law, flops)));

    [Fact]
    public void The_cheapest_way_to_a_loss_inverts_the_best_loss_for_flops() => Flops.Sample(flops =>
    {
        var forward = ComputeOptimal.ForFlops(Law, flops);
        var back = ComputeOptimal.ForLoss(Law, Loss(forward))!.Value;
        return Math.Abs(back.Parameters / forward.Parameters - 1) < 1e-6 && Math.Abs(back.Tokens / forward.Tokens - 1) < 1e-6;
    });

    [Fact]
    public void The_irreducible_loss_cannot_be_reached() => Assert.Null(ComputeOptimal.ForLoss(Law, Law.E.Value));

    /// <summary>Besiroglu et al. 2024 find about 20 tokens per parameter at Chinchilla's own budget of 5.76e23 FLOPs.</summary>
    [Fact]
    public void The_replication_gives_about_twenty_tokens_per_parameter_at_Chinchillas_budget() =>
        Assert.InRange(ComputeOptimal.ForFlops(Law, 5.76e23).TokensPerParameter, 15, 26);

    [Fact]
    public void Without_inference_over_training_is_compute_optimal() => Flops.Sample(flops =>
    {
        var target = Loss(ComputeOptimal.ForFlops(Law, flops));
        var plain = ComputeOptimal.ForLoss(Law, target)!.Value;
        var life = InferenceOptimal.ForLoss(Law, target, 0)!.Value;
        return Math.Abs(life.Parameters / plain.Parameters - 1) < 1e-3;
    });

    [Fact]
    public void Inference_makes_the_model_smaller_at_the_same_loss() =>
        Gen.Select(Flops, Gen.Double[9, 13]).Sample((flops, exponent) =>
        {
            var target = Loss(ComputeOptimal.ForFlops(Law, flops));
            var inference = Math.Pow(10, exponent);
            var plain = ComputeOptimal.ForLoss(Law, target)!.Value;
            var life = InferenceOptimal.ForLoss(Law, target, inference)!.Value;
            return life.Parameters <= plain.Parameters * (1 + 1e-6)
                && Math.Abs(Loss(life) / target - 1) < 1e-6
                && InferenceOptimal.LifeFlops(life, inference) <= InferenceOptimal.LifeFlops(plain, inference) * (1 + 1e-9);
        });

    [Fact]
    public void A_life_budget_is_spent_on_training_and_inference() =>
        Gen.Select(Flops, Gen.Double[9, 12]).Sample((flops, exponent) =>
        {
            var inference = Math.Pow(10, exponent);
            var point = InferenceOptimal.ForLifeFlops(Law, flops, inference);
            return Math.Abs(InferenceOptimal.LifeFlops(point, inference) / flops - 1) < 1e-6 && point.Tokens > 0;
        });

    private static double Loss(TrainingPoint point) => Law.Loss(point.Parameters, point.Tokens);
}
