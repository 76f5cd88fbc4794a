namespace SlmPlanner.Calibrator.Processes;

/// <summary>
/// Ends a child with its parent, however the parent ended: the parent holds the write end of the child's standard input, and
/// the system closes it.
/// </summary>
internal static class ParentWatch
{
    /// <summary>Starts watching on a background thread.</summary>
    public static void EndWithParent()
    {
        var watcher = new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }
            Environment.Exit(1);
        })
        { IsBackground = true, Name = "parent watch" };
        watcher.Start();
    }
}
