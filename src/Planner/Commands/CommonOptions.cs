using Cocona;
using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Data.Offers;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Planner.Configuration;

namespace SlmPlanner.Planner.Commands;

/// <summary>
/// Options of every command that reads data files or settings. Properties and not a constructor: Cocona 2.2.0 forgets
/// sets with a constructor in commands that take a list of arguments.
/// </summary>
internal sealed record CommonOptions : ICommandParameterSet
{
    /// <summary>Folder of the user's own profiles, over the shipped ones.</summary>
    [Option(Description = "folder of your own profiles (devices, offers, models, a calibrated profile.json), over the shipped ones")]
    [HasDefaultValue]
    public string? Profiles { get; init; }

    /// <summary>A file of settings.</summary>
    [Option(Description = "file of settings (JSON)")]
    [HasDefaultValue]
    public string? Config { get; init; }

    /// <summary>Settings given one by one, each <c>key=value</c>.</summary>
    [Option(Description = "one setting, key=value; may be repeated; see 'slm-plan config show'")]
    [HasDefaultValue]
    public string[]? Set { get; init; }

    /// <summary>The data files: the shipped folder beside the program, the user's over it.</summary>
    public ProfileStore OpenProfiles()
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "profiles");
        return Profiles is null ? ProfileStore.Open(shipped) : ProfileStore.Open(shipped, Profiles);
    }

    /// <summary>The settings in force.</summary>
    public EffectiveSettings LoadSettings() => EffectiveSettings.Load(Config, Set ?? []);

    /// <summary>The price catalog: the user's file, or the shipped snapshot.</summary>
    /// <param name="store">The data files.</param>
    /// <param name="offers">A file in our own format; null for the snapshot.</param>
    public static OfferCatalog OpenOffers(ProfileStore store, string? offers) =>
        offers is null ? store.Offers : OfferFiles.Read([offers], store.Devices, store.Networks, store.Providers);
}
