using System.Globalization;
using CsCheck;
using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Data.Economics;

namespace SlmPlanner.Tests.Loss;

public sealed class SkalingTests
{
    private const string Corpus = "pile-test-gpt2bpe";
    private static readonly ScalingLaw Refit = ScalingLawFile.Read(RepositoryProfiles.Folder);
    private static readonly ScalingLaw Skaling = ScalingLawFile.Read(RepositoryProfiles.Folder, ScalingLawFile.SkalingName);
    private static readonly IReadOnlyList<LossEndPoint> Rows = LossEndPointFile.Read(RepositoryProfiles.Folder);
    private static readonly LossEndPoint[] Pile =
        [.. Rows.Where(row => row.Dataset == Corpus && row.Optimizer == "adamw" && Refit.Range.Covers(row.Point))];

    /// <summary>The shipped constants are those of the fit, to the digits that the file has.</summary>
    [Fact]
    public void The_file_holds_what_the_fit_finds()
    {
        var fitted = SkalingFit.Of(Refit, Pile, isJoint: true);
        Assert.Equal(fitted.K!.Value, Skaling.K!.Value, 2e-3);
        foreach (var (parameters, tokens) in new[] { (1e8, 2e9), (1e9, 2e10), (1e10, 3e11) })
            Assert.Equal(fitted.Loss(parameters, tokens), Skaling.Loss(parameters, tokens), 1e-3);
    }

    /// <summary>Losses that a law with k = 0.6 made are found again by a fit that begins at k = 1.</summary>
    [Fact]
    public void A_fit_finds_the_law_that_made_its_rows()
    {
        var truth = Refit with { K = new(0.6), A = new(900), B = new(4000) };
        LossEndPoint[] rows = [.. Pile.Select(row => row with { Loss = truth.Loss(row.Point.Parameters, row.Point.Tokens) })];
        var found = SkalingFit.Of(Refit, rows, isJoint: true);
        Assert.All(rows, row => Assert.Equal(row.Loss, found.Loss(row.Point.Parameters, row.Point.Tokens), 0.01));
        Assert.InRange(found.K!.Value, 0.5, 0.75);
    }

    [Fact]
    public void Without_k_the_law_is_the_one_it_was() => Gen.Select(Gen.Double[8, 10], Gen.Double[9.5, 11.5]).Sample((n, d) =>
    {
        var (parameters, tokens) = (Math.Pow(10, n), Math.Pow(10, d));
        Assert.Equal(Refit.Loss(parameters, tokens), (Refit with { K = new(1) }).Loss(parameters, tokens), 1e-12);
        Assert.Equal(Refit.LossPerToken(parameters, tokens), (Refit with { K = new(1) }).LossPerToken(parameters, tokens), 1e-20);
    });

    [Fact]
    public void What_the_next_token_brings_is_the_slope() => Gen.Select(Gen.Double[8, 10], Gen.Double[9.5, 11.5]).Sample((n, d) =>
    {
        var (parameters, tokens) = (Math.Pow(10, n), Math.Pow(10, d));
        var slope = (Skaling.Loss(parameters, tokens) - Skaling.Loss(parameters, tokens * 1.0001)) / (tokens * 0.0001);
        Assert.Equal(1, Skaling.LossPerToken(parameters, tokens) / slope, 1e-3);
    });

    [Fact]
    public void Tokens_for_a_loss_reach_it() => Gen.Select(Gen.Double[8, 10], Gen.Double[9.5, 11.5]).Sample((n, d) =>
    {
        var (parameters, tokens) = (Math.Pow(10, n), Math.Pow(10, d));
        Assert.Equal(1, Skaling.TokensFor(parameters, Skaling.Loss(parameters, tokens))!.Value / tokens, 1e-6);
    });

    [Fact]
    public void The_cheapest_way_to_a_loss_inverts_the_best_loss_for_flops() => Gen.Double[18, 23].Sample(exponent =>
    {
        var forward = ComputeOptimal.ForFlops(Skaling, Math.Pow(10, exponent));
        var back = ComputeOptimal.ForLoss(Skaling, Skaling.Loss(forward.Parameters, forward.Tokens))!.Value;
        Assert.Equal(1, back.Parameters / forward.Parameters, 1e-6);
        Assert.Equal(1, back.Tokens / forward.Tokens, 1e-6);
    });

    /// <summary>
    /// Towards larger and smaller models and longer runs the joint form foretells better; the document prints by how much.
    /// </summary>
    [Fact]
    public void The_joint_form_extrapolates_better_and_the_document_says_so()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryProfiles.Folder, "..", "docs", "loss.md"));
        var errors = LossExtrapolation.Errors(Refit, Pile);
        Assert.All(errors, error => Assert.Contains(string.Create(CultureInfo.InvariantCulture,
            $"| {error.HeldBack} | {error.Rows} | {error.Separate * 100:0.0} % | {error.Joint * 100:0.0} % |"), text,
            StringComparison.Ordinal));
        Assert.All(errors.Take(4), error => Assert.True(error.Joint < error.Separate, error.HeldBack));
    }

    /// <summary>
    /// What plans say of each law: the mean over corpora; on the corpus that Skaling was fitted on, each series held back.
    /// </summary>
    [Fact]
    public void The_held_out_error_in_the_files_is_the_mean_over_corpora()
    {
        Assert.Equal(LossValidation.Errors(Refit, Rows).Average(error => error.HeldOutRelative!.Value), Refit.HeldOutError!.Value, 5e-4);
        var series = LossExtrapolation.Errors(Refit, Pile).Where(error => error.HeldBack.StartsWith("the series", StringComparison.Ordinal))
            .ToList();
        var own = series.Sum(error => error.Joint * error.Rows) / series.Sum(error => error.Rows);
        var others = LossValidation.Errors(Skaling, Rows).Where(error => error.Dataset != Corpus)
            .Select(error => error.HeldOutRelative!.Value);
        Assert.Equal(others.Append(own).Average(), Skaling.HeldOutError!.Value, 5e-4);
    }
}
