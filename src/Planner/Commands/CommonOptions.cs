using Cocona;
using SlmPlanner.Core.Cost;
using SlmPlanner.Core.Profiles;
using SlmPlanner.Planner.Configuration;

namespace SlmPlanner.Planner.Commands;

/// <summary>Options of every command that reads data files or settings.</summary>
/// <param name="Profiles">Folder of the user's own profiles, over the shipped ones.</param>
/// <param name="Config">A file of settings.</param>
/// <param name="Set">Settings given one by one.</param>
internal sealed record CommonOptions(
    [Option(Description = "folder of your own profiles (devices, offers, models, a calibrated profile.json), over the shipped ones")][property: HasDefaultValue] string? Profiles = null,
    [Option(Description = "file of settings (JSON)")][property: HasDefaultValue] string? Config = null,
    [Option(Description = "one setting, key=value; may be repeated; see 'slm-plan config show'")][property: HasDefaultValue] string[]? Set = null) : ICommandParameterSet
{
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
        offers is null ? store.Offers : OfferCatalog.Read([offers], store.Devices, store.Networks);
}
