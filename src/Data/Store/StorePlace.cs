namespace SlmPlanner.Data.Store;

/// <summary>Where the user's own store is, and the history of before beside it.</summary>
public static class StorePlace
{
    /// <summary>What stands for no store where one may be named.</summary>
    public const string None = "none";

    /// <summary>The usual place: <c>slm-planner/evidence.db</c> in the user's folder for application data.</summary>
    public static string Default => Path.Combine(Folder, "evidence.db");

    /// <summary>The history of calibrations that programs of before kept.</summary>
    public static string OldHistory => Path.Combine(Folder, "history.db");

    private static string Folder => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "slm-planner");

    /// <summary>
    /// The usual place, after what a history of before holds was taken into it. The history stays as it is.
    /// </summary>
    /// <exception cref="Core.InputException">Either can't be opened.</exception>
    public static string WithOldHistory()
    {
        Absorb(OldHistory, Default);
        return Default;
    }

    /// <summary>Takes what a history holds into a store that lacks it.</summary>
    internal static void Absorb(string history, string store)
    {
        if (!File.Exists(history))
            return;
        using var file = StoreFile.OpenToAdd(store);
        StoreMerge.Into(file, history);
    }
}
