using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SlmPlanner.Core.Models;
using SlmPlanner.Core.Planning.Requests;
using SlmPlanner.Core.Samples;
using SlmPlanner.Core.Text;
using SlmPlanner.Core.Training;

namespace SlmPlanner.Core.Planning.Results;

/// <summary>
/// Names one way to carry out one request: the first 16 hexadecimal digits of a SHA-256 hash over the request as understood, the
/// offer and the set-up. A launch file and the logs of its run carry it, so that a run finds the plan it came from. Predictions
/// are no part of it, nor is the day the plan was made: a better model gives the same plan the same name. Two of a million
/// plans share a name with a probability of 3 in 100 million.
/// </summary>
public static class PlanId
{
    private const int Digits = 16;

    /// <summary>The id of a candidate that answers a request.</summary>
    /// <param name="request">The request, defaults filled in.</param>
    /// <param name="candidate">What to rent and how to split the work.</param>
    public static string Of(PlanRequest request, Candidate candidate)
    {
        var text = new CanonicalText();
        AddRequest(text, request);
        AddOffer(text, candidate);
        AddSetup(text, candidate);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];
    }

    private static void AddRequest(CanonicalText text, PlanRequest request)
    {
        if (request.Model is { } model)
            AddShape(text, model);
        text.Add("request.tokens", request.Tokens)
            .Add("request.target_loss", request.TargetLoss)
            .Add("request.inference_tokens", request.InferenceTokens)
            .Add("request.objective", request.Objective)
            .Add("request.budget_usd", request.BudgetUsd)
            .Add("request.deadline_hours", request.DeadlineHours)
            .Add("request.confidence", request.Confidence)
            .AddEach("request.gpus", request.Gpus)
            .AddEach("request.providers", request.Providers)
            .AddEach("request.regions", request.Regions)
            .Add("request.max_gpus", request.MaxGpus)
            .Add("request.gpu_count", request.GpuCount)
            .Add("request.micro_batch", request.MicroBatch)
            .Add("request.spot", request.Spot)
            .Add("request.seq_len", request.SeqLen)
            .Add("request.global_batch_tokens", request.GlobalBatchTokens)
            .AddEach("request.precisions", request.Precisions.Select(DeclaredName.Of))
            .AddEach("request.attentions", request.Attentions.Select(DeclaredName.Of))
            .AddEach("request.parallelisms", request.Parallelisms.Select(scheme => scheme.ToString()))
            .Add("request.optimizer", request.Optimizer is { } optimizer ? DeclaredName.Of(optimizer) : null)
            .Add("request.stack", request.Stack)
            .Add("request.unique_tokens", request.UniqueTokens)
            .Add("request.loss_law", request.LossLaw)
            .Add("request.project", request.Project is { } project ? ProjectText(project) : null)
            .Add("request.rent_on", request.RentOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Add("request.day_worth_usd", request.DayWorthUsd)
            .AddEach("request.rent_by", (request.RentBy ?? []).Select(DeclaredName.Of))
            .AddEach("request.quotas", (request.Quotas ?? []).Select(quota => quota.ToString()))
            .Add("request.assumed_network_gbit_s", request.AssumedNetworkGbitS);
        text.Add("request.expert_imbalance", request.ExpertImbalance)
            .AddEach("request.losses", (request.Losses ?? []).Select(DeclaredName.Of))
            .Add("request.loss_chunks", request.LossChunks)
            .AddEach("request.offloads", (request.Offloads ?? []).Select(DeclaredName.Of))
            .Add("request.eval_batch", request.EvalBatch);
        if (request.Tuning is { } tuning)
            AddTuning(text, tuning);
        if (request.Samples is { } samples)
            AddSamples(text, samples);
    }

    private static void AddTuning(CanonicalText text, Tuning tuning)
    {
        text.Add("request.method", tuning.Method);
        if (tuning.HasAdapters)
            text.Add("request.rank", tuning.Rank).Add("request.targets", AdapterTargetsText.Write(tuning.Targets))
            .Add("request.base_bits", tuning.FrozenBits);
        else if (tuning.Freezes)
            text.Add("request.trained_blocks", tuning.TrainedBlocks);
    }

    private static void AddSamples(CanonicalText text, SampleSet samples) => text
        .Add("request.samples", samples.Count)
        .Add("request.epochs", samples.Epochs)
        .Add("request.padded", samples.Padded)
        .AddEach("request.lengths", (samples.Lengths?.Bins ?? [])
            .Select(bin => FormattableString.Invariant($"{bin.Tokens:R}:{bin.Count:R}")));

    private static string ProjectText(Economics.Project.ProjectDemand project) => string.Join(' ', new[]
    {
        project.Ablations, project.Seeds, project.Trials, project.FailedShare, project.EvaluationShare, project.DataUsd, project.StorageUsd,
        project.People * project.PersonUsdPerDay, project.Contingency,
    }.Select(number => number.ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>What the model is; who published it when is no part of that.</summary>
    private static void AddShape(CanonicalText text, TransformerShape shape)
    {
        AddUsual(text, shape);
        if (shape.Sequence is { } blocks)
            text.Add("shape.blocks", blocks.ToString());
        if (shape.EmbeddingWidth is { } width)
            text.Add("shape.embedding_width", width);
        if (shape.PositionOffset != 0)
            text.Add("shape.position_offset", shape.PositionOffset);
        if (shape.LacksFinalNorm)
            text.Add("shape.lacks_final_norm", shape.LacksFinalNorm);
        if (shape.OtherParameters != 0)
            text.Add("shape.other_parameters", (double)shape.OtherParameters);
    }

    private static void AddUsual(CanonicalText text, TransformerShape shape) => text
        .Add("shape.name", shape.Name)
        .Add("shape.layers", shape.Layers)
        .Add("shape.d_model", shape.DModel)
        .Add("shape.heads", shape.Heads)
        .Add("shape.kv_heads", shape.KvHeads)
        .Add("shape.head_dim", shape.HeadDim)
        .Add("shape.d_ffn", shape.DFfn)
        .Add("shape.ffn_kind", shape.FfnKind)
        .Add("shape.vocab", shape.Vocab)
        .Add("shape.tied_embeddings", shape.TiedEmbeddings)
        .Add("shape.positions", shape.Positions)
        .Add("shape.max_positions", shape.MaxPositions)
        .Add("shape.norm", shape.Norm)
        .Add("shape.norms_per_layer", shape.NormsPerLayer)
        .Add("shape.qkv_bias", shape.QkvBias)
        .Add("shape.attention_out_bias", shape.AttentionOutBias)
        .Add("shape.ffn_bias", shape.FfnBias)
        .Add("shape.head_bias", shape.HeadBias)
        .Add("shape.norm_bias", shape.NormBias)
        .Add("shape.qk_norm", shape.QkNorm);

    private static void AddOffer(CanonicalText text, Candidate candidate) => text
        .Add("offer.provider", candidate.Provider)
        .Add("offer.instance_type", candidate.InstanceType)
        .Add("offer.region", candidate.Region)
        .Add("offer.spot", candidate.Spot)
        .Add("offer.usd_per_hour", candidate.UsdPerHour)
        .Add("offer.term_months", candidate.TermMonths)
        .Add("offer.gpu", candidate.Gpu)
        .Add("offer.gpus_per_node", candidate.GpusPerNode)
        .Add("offer.nodes", candidate.Nodes)
        .Add("offer.gpus", candidate.Gpus);

    private static void AddSetup(CanonicalText text, Candidate candidate) => text
        .Add("setup.model", candidate.Model)
        .Add("setup.model_parameters", (double)candidate.ModelParameters)
        .Add("setup.tokens", candidate.Tokens)
        .Add("setup.parallelism", candidate.Parallelism.ToString())
        .Add("setup.micro_batch", candidate.MicroBatch)
        .Add("setup.grad_accum", candidate.GradAccum)
        .Add("setup.seq_len", candidate.SeqLen)
        .Add("setup.precision", candidate.Precision)
        .Add("setup.attention", candidate.Attention)
        .Add("setup.recomputation", candidate.Recomputation)
        .Add("setup.compile", candidate.Compile)
        .Add("setup.loss", candidate.Loss is { } loss ? DeclaredName.Of(loss) : null)
        .Add("setup.loss_chunks", candidate.LossChunks)
        .Add("setup.offload", candidate.Offload is { } offload ? DeclaredName.Of(offload) : null);
}
