using Cocona;

namespace SlmPlanner.Planner.Commands;

/// <summary><c>slm-plan models</c>: the shapes that can be named.</summary>
internal sealed class ModelsCommand
{
    /// <summary>Lists the models.</summary>
    [Command("models", Description = "List the models that --model can name.")]
    public int List() => 0;
}
