using Microsoft.Extensions.DependencyInjection;

namespace SlmPlanner.Presentation.CommandLine;

/// <summary>The commands of a program.</summary>
/// <param name="Program">The program's name.</param>
/// <param name="Help">What it is for.</param>
/// <param name="Commands">The commands in the order that help shows them.</param>
public sealed record CommandTable(string Program, string Help, IReadOnlyList<Command> Commands);

/// <summary>A command, or a group of them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Help">What it does.</param>
public sealed record Command(string Name, string Help)
{
    /// <summary>What it takes by name.</summary>
    public IReadOnlyList<CommandOption> Options { get; init; } = [];

    /// <summary>What it takes by place.</summary>
    public IReadOnlyList<CommandArgument> Arguments { get; init; } = [];

    /// <summary>Whole command lines that show its use.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>True for one that only the program itself calls.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The commands of a group.</summary>
    public IReadOnlyList<Command> Commands { get; init; } = [];

    /// <summary>Does it and returns the exit code; null for a group.</summary>
    public Func<IServiceProvider, Given, Task<int>>? Run { get; init; }

    /// <summary>The command done by an object that takes services in its constructor.</summary>
    public Command DoneBy<T>(Func<T, Given, int> call) => DoneBy<T>((target, given) => Task.FromResult(call(target, given)));

    /// <summary>The same for one that takes its time.</summary>
    public Command DoneBy<T>(Func<T, Given, Task<int>> call) =>
        this with { Run = (services, given) => call(ActivatorUtilities.CreateInstance<T>(services), given) };
}

/// <summary>What a command takes by place.</summary>
/// <param name="Name">What stands for it in help.</param>
/// <param name="Help">What it is.</param>
public sealed record CommandArgument(string Name, string Help)
{
    /// <summary>True when it may be left out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>True when there may be several.</summary>
    public bool IsList { get; init; }
}
