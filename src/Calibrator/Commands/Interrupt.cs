namespace SlmPlanner.Calibrator.Commands;

/// <summary>Ctrl-C as a token: the first one asks for a clean stop, and the program goes on to save what it has.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();

    /// <summary>Starts listening.</summary>
    public Interrupt() => Console.CancelKeyPress += OnPress;

    /// <summary>Cancelled by the first Ctrl-C.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.CancelKeyPress -= OnPress;
        _source.Dispose();
    }

    private void OnPress(object? sender, ConsoleCancelEventArgs pressed)
    {
        pressed.Cancel = true;
        _source.Cancel();
    }
}
