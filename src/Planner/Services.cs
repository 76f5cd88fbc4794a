using Microsoft.Extensions.DependencyInjection;
using SlmPlanner.Presentation.CommandLine;

namespace SlmPlanner.Planner;

/// <summary>What commands take in their constructors.</summary>
internal static class Services
{
    /// <summary>Adds the console and the clock.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => StandardConsole.Create());
    }
}
