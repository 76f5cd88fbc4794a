namespace SlmPlanner.Core.Models;

/// <summary>
/// What adapters beside some matrices depend on, summed over blocks. An adapter of rank r beside a matrix of k inputs and n outputs is a
/// matrix of k × r and one of r × n (Hu et al. 2021, section 4.1).
/// </summary>
/// <param name="Inputs">Σ k over the matrices that a token passes.</param>
/// <param name="Outputs">Σ n over the same.</param>
/// <param name="HeldInputs">Σ k over all matrices, those of experts that a token passes by too.</param>
/// <param name="HeldOutputs">Σ n over the same.</param>
/// <param name="Matrices">Matrices that a token passes.</param>
internal readonly record struct AdapterSum(double Inputs, double Outputs, double HeldInputs, double HeldOutputs, double Matrices)
{
    /// <summary>Σ k + n over all matrices: parameters for each rank of the adapters.</summary>
    public double Sides => HeldInputs + HeldOutputs;

    /// <summary>Equal matrices.</summary>
    /// <param name="inputs">k of each.</param>
    /// <param name="outputs">n of each.</param>
    /// <param name="passed">How many of them a token passes.</param>
    /// <param name="held">How many there are.</param>
    public static AdapterSum Of(double inputs, double outputs, double passed, double held) =>
        new(passed * inputs, passed * outputs, held * inputs, held * outputs, passed);

    /// <summary>With inputs and outputs exchanged, where so wished: the matrix that leads back.</summary>
    public AdapterSum Turned(bool isTurned) => isTurned ? new(Outputs, Inputs, HeldOutputs, HeldInputs, Matrices) : this;

    /// <summary>
    /// Those of a tensor-parallel rank. Beside a matrix that is divided by columns every rank has all of k × r and its columns of r × n;
    /// beside one that is divided by rows its rows of k × r and all of r × n, so that what an adapter reads and gives lies as what its
    /// matrix does (PyTorch's tensor parallelism of both, recalled; Megatron-Bridge divides both halves).
    /// </summary>
    /// <param name="ranks">Ranks, ≥ 1.</param>
    /// <param name="byRows">True where the matrices lead back to the hidden width.</param>
    public AdapterSum Over(double ranks, bool byRows) => byRows
        ? this with { Inputs = Inputs / ranks, HeldInputs = HeldInputs / ranks }
        : this with { Outputs = Outputs / ranks, HeldOutputs = HeldOutputs / ranks };

    public static AdapterSum operator +(AdapterSum left, AdapterSum right) => new(
        left.Inputs + right.Inputs, left.Outputs + right.Outputs, left.HeldInputs + right.HeldInputs, left.HeldOutputs + right.HeldOutputs,
        left.Matrices + right.Matrices);

    /// <summary>So many times the sum.</summary>
    public static AdapterSum operator *(AdapterSum sum, double times) => new(
        sum.Inputs * times, sum.Outputs * times, sum.HeldInputs * times, sum.HeldOutputs * times, sum.Matrices * times);
}

/// <summary>The adapters of one rank's part of a model.</summary>
/// <param name="Usual">Beside matrices that every token passes.</param>
/// <param name="Routed">Beside those of routed experts, as if the rank had all of them.</param>
internal readonly record struct AdapterPart(AdapterSum Usual, AdapterSum Routed)
{
    /// <summary>All of them.</summary>
    public AdapterSum All => Usual + Routed;

    /// <summary>What the fullest rank works on where ranks share experts: its own experts, with their tokens.</summary>
    /// <param name="ranks">Ranks that share the experts.</param>
    /// <param name="load">Tokens of its experts over those of the average rank's.</param>
    public AdapterSum Worked(double ranks, double load) => Usual + new AdapterSum(
        Routed.Inputs * load, Routed.Outputs * load, Routed.HeldInputs / ranks, Routed.HeldOutputs / ranks, Routed.Matrices);
}
