using SlmPlanner.Core.Economics.Loss;
using SlmPlanner.Data.Economics;
using SlmPlanner.Data.Profiles;

namespace SlmPlanner.Planner.Requests;

/// <summary>The laws of loss: those that plans tell of side by side, and any other of the profiles by its name.</summary>
/// <param name="Profiles">The profiles folder that holds them.</param>
/// <param name="All">The default and Skaling.</param>
internal sealed record LossLaws(string Profiles, IReadOnlyList<ScalingLaw> All)
{
    /// <summary>Reads those that stand side by side; profiles of before there were two have the default alone.</summary>
    public static LossLaws Read(ProfileStore store)
    {
        var root = store.RootOf("loss");
        var known = ScalingLawFile.Names(root);
        return new(root, [.. ((string[])[ScalingLawFile.DefaultName, ScalingLawFile.SkalingName]).Where(known.Contains)
            .Select(name => ScalingLawFile.Read(root, name))]);
    }

    /// <summary>A law by its name.</summary>
    /// <exception cref="Core.InputException">It is unknown or malformed.</exception>
    public ScalingLaw Named(string name) => All.FirstOrDefault(law => law.Name == name) ?? ScalingLawFile.Read(Profiles, name);

    /// <summary>Those that stand beside a law.</summary>
    public IReadOnlyList<ScalingLaw> Beside(string name) => [.. All.Where(law => law.Name != name)];
}
