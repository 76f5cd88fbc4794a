namespace SlmPlanner.Core.Measurements;

/// <summary>The ranges of an observation's numbers: those of the columns in docs/rows.md.</summary>
public static class ObservationRules
{
    private const double Many = 1e8;

    /// <summary>Refuses an observation with a number out of its range.</summary>
    /// <exception cref="InputException">The first such number.</exception>
    public static void Check(Observation observation)
    {
        var (machine, model, recipe) = (observation.Machine, observation.Model, observation.Recipe);
        if (observation.Name.Length == 0)
            throw new InputException("name is empty, every observation needs one");
        if (machine.Gpu.Length == 0)
            throw new InputException("machine.gpu is empty, the device is needed");
        Within("machine.gpus", machine.Gpus, 1, 1e6);
        Within("machine.gpus_per_node", machine.GpusPerNode, 1, 1024);
        Within("machine.inter_node_gbit_s", machine.InterNodeGbitS, 0.01, 1e6);
        Within("machine.memory_gib", machine.MemoryGib, 0.1, 1e5);
        Within("model.parameters", model.Parameters, 1e3, 1e15);
        Within("model.layers", model.Layers, 1, 1000);
        Within("model.d_model", model.DModel, 1, 65_536);
        Within("model.heads", model.Heads, 1, 1024);
        Within("model.kv_heads", model.KvHeads, 1, 1024);
        Within("model.d_ffn", model.DFfn, 1, 1 << 20);
        Within("model.vocab", model.Vocab, 1, 1e7);
        Within("model.experts.count", model.Experts?.Count, 1, 4096);
        Within("model.experts.per_token", model.Experts?.PerToken, 1, model.Experts?.Count ?? 1);
        Within("model.experts.width", model.Experts?.Width, 1, 1 << 20);
        Within("model.experts.shared_width", model.Experts?.SharedWidth, 0, 1 << 20);
        Within("model.experts.dense_layers", model.Experts?.DenseLayers, 0, model.Layers);
        Within("model.windows.tokens", model.Windows?.Tokens, 1, Many);
        Within("model.windows.full_every", model.Windows?.FullEvery, 0, 1000);
        Within("recipe.seq_len", recipe.SeqLen, 1, Many);
        Within("recipe.micro_batch", recipe.MicroBatch, 1, 1e6);
        Within("recipe.grad_accum", recipe.GradAccum, 1, 1e6);
        Within("recipe.eval_batch", recipe.EvalBatch, 0, 1e6);
        Within("mesh.zero1_ranks", observation.Mesh.Zero1Ranks, 0, 1e6);
        Within("speed.tokens_per_second_per_gpu", observation.Speed?.TokensPerSecondPerGpu, 1e-3, 1e12);
        Within("speed.step_seconds", observation.Speed?.StepSeconds, 1e-9, 1e9);
        Within("speed.log_error", observation.Speed?.LogError, 0, 100);
        Within("speed.steps", observation.Speed?.Steps, 1, Many);
        foreach (var seconds in observation.Speed?.SeriesSeconds ?? [])
            Within("speed.series_seconds", seconds, 1e-9, 1e9);
        Within("memory.peak_gib", observation.Memory?.PeakGib, 1e-3, 1e6);
    }

    private static void Within(string field, double? value, double least, double most)
    {
        if (value is { } number && !(number >= least && number <= most))
            throw new InputException(FormattableString.Invariant($"{field} {number} must be {least}..{most}"));
    }
}
