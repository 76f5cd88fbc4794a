using SlmPlanner.Core.Economics.Cost;
using SlmPlanner.Core.Economics.Prices;
using SlmPlanner.Core.Prediction;
using SlmPlanner.Data.Offers;
using SlmPlanner.Data.Prices;
using SlmPlanner.Data.Profiles;
using SlmPlanner.Data.Store;
using SlmPlanner.Planner.Configuration;
using SlmPlanner.Planner.Options;
using SlmPlanner.Planner.Requests;
using SlmPlanner.Presentation.CommandLine;
using static SlmPlanner.Presentation.CommandLine.CommandOption;

namespace SlmPlanner.Planner.Commands;

/// <summary>The options of every command that reads data files or settings, and what they open.</summary>
internal static class DataOptions
{
    public static readonly CommandOption<string?> Offers = Text(
        "offers", "FILE", "your own price list (CSV) instead of the shipped snapshot") with
    {
        Group = OptionGroup.Prices, Example = "prices.csv",
    };

    public static readonly CommandOption<string?> Profiles = Text(
        "profiles", "FOLDER", "your own profiles (devices, offers, models, a calibrated profile.json), over the shipped ones") with
    {
        Group = OptionGroup.Data, Example = "my-profiles",
    };

    public static readonly CommandOption<IReadOnlyList<string>> Device = Repeated(
        "device", Values.Text("FIELD=VALUE,…"), "a device that no file describes") with
    {
        Group = OptionGroup.Data, Example = "name=X1,bf16_tflops=200,bandwidth_gb_s=1000,memory_gib=32",
    };

    public static readonly CommandOption<string?> Config = Text("config", "FILE", "settings (JSON)") with
    {
        Group = OptionGroup.Data, Example = "settings.json",
    };

    public static readonly CommandOption<IReadOnlyList<string>> Set = Repeated(
        "set", Values.Text("KEY=VALUE"), "one setting; see 'slm-plan config show'") with
    {
        Group = OptionGroup.Data, Example = "max_gpus=16",
    };

    /// <summary>Those of every command.</summary>
    public static readonly IReadOnlyList<CommandOption> All = [Profiles, Device, Config, Set];

    /// <summary>The data files: the shipped folder beside the program, the user's over it.</summary>
    public static ProfileStore OpenProfiles(Given given)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "profiles");
        var store = given.Of(Profiles) is { } own ? ProfileStore.Open(shipped, own) : ProfileStore.Open(shipped);
        return given.Of(Device) is { Count: > 0 } described ? store.With([.. described.Select(DescribedDevice.Parse)]) : store;
    }

    /// <summary>The settings in force.</summary>
    public static EffectiveSettings LoadSettings(Given given) => EffectiveSettings.Load(given.Of(Config), given.Of(Set));

    /// <summary>The price catalog: the user's file, or what is shipped with what was fetched over it.</summary>
    public static OfferCatalog OpenOffers(Given given, ProfileStore store) =>
        given.Of(Offers) is { } file ? OfferFiles.Read([file], store.Devices, store.Networks, store.Providers)
            : Fetched(given) is { Count: > 0 } prices ? OfferFiles.Newest(
                store.OfferPaths, store.OfferRows, store.Providers, FetchedOffers.Of(prices, store.Devices, store.Networks))
            : store.Offers;

    /// <summary>Prices over time.</summary>
    public static IReadOnlyList<PricePoint> OpenPrices(Given given, ProfileStore store) => [.. store.Prices, .. Fetched(given)];

    /// <summary>The prices that the user fetched; empty without a store.</summary>
    private static IReadOnlyList<PricePoint> Fetched(Given given)
    {
        if (EvidencePath.ToRead(given) is not { } path)
            return [];
        using var prices = PriceStore.OpenToRead(path);
        return prices.Points();
    }

    /// <summary>Those of every command that predicts.</summary>
    public static readonly IReadOnlyList<CommandOption> Predicting = [EvidenceOptions.Store, .. All];

    /// <summary>What the user learned; said on standard error where it counts.</summary>
    public static OwnEvidence OpenEvidence(Given given, ProfileStore store)
    {
        var own = OwnEvidence.Read(EvidencePath.ToRead(given), store);
        Progress.Learned(own);
        return own;
    }

    /// <summary>Data files, evidence and settings together, as of today.</summary>
    public static Workbench OpenBench(Given given, TimeProvider clock)
    {
        var store = OpenProfiles(given);
        var settings = PlannerSettings.From(LoadSettings(given));
        var own = OpenEvidence(given, store);
        if (settings.Stack is null && !given.Has(RequestOptions.Stack))
            Progress.OwnStack(own);
        var performance = Task.Run(() => Prepared(own.Learned(PerformanceFiles.Read(store))));
        return Workbench.Open(store, OpenOffers(given, store), OpenPrices(given, store), settings,
            DateOnly.FromDateTime(clock.GetUtcNow().DateTime), performance, own);
    }

    /// <summary>Fits are read beside prices, which takes as long, and so is what their uncertainty needs.</summary>
    private static PerformanceProfile Prepared(PerformanceProfile performance)
    {
        performance.Published.Prepare();
        return performance;
    }
}
