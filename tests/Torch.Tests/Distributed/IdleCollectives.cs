using SlmPlanner.Calibrator.Distributed.Collectives;

namespace SlmPlanner.Torch.Tests.Distributed;

/// <summary>Pretends to be one of two ranks and moves nothing: the control of every check.</summary>
internal sealed class IdleCollectives : ICollectives
{
    public int Rank => 0;

    public int Size => 2;

    public string Library => "idle";

    public void Run(in Collective collective)
    {
    }

    public IPending Start(in Collective collective) => Finished.Instance;

    public void Synchronize()
    {
    }

    public ICollectives Split(int color) => this;

    public void Dispose()
    {
    }
}
