using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SlmPlanner.Tests.Catalogs;

/// <summary>
/// A server on this machine that answers each request as a function of its head says, byte for byte, and closes the connection.
/// </summary>
internal sealed class CatalogServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];

    /// <summary>Starts it.</summary>
    /// <param name="answer">Writes the answer to a request.</param>
    public CatalogServer(Func<string, Stream, Task> answer)
    {
        _listener.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Serve(client, answer));
            }
        });
    }

    /// <summary>Its address with a path as SkyPilot has it.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}/lambda/vms.csv";

    /// <summary>The heads of the requests that came.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>A whole answer with a body.</summary>
    public static Func<string, Stream, Task> Always(string body, string head = "200 OK", string more = "") =>
        (_, stream) => Write(stream, $"HTTP/1.1 {head}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: "
            + $"close\r\n{more}\r\n{body}");

    /// <summary>Writes a text.</summary>
    public static async Task Write(Stream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Waits until the client closes the connection, however long that takes.</summary>
    public static async Task HungUp(Stream stream)
    {
        while (await stream.ReadAsync(new byte[1]) > 0)
        {
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task Serve(TcpClient client, Func<string, Stream, Task> answer)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, leaveOpen: true);
                var head = new StringBuilder();
                while (await reader.ReadLineAsync() is { Length: > 0 } line)
                    head.Append(line).Append('\n');
                lock (_requests)
                    _requests.Add(head.ToString());
                await answer(head.ToString(), stream);
            }
            catch (IOException)
            {
                // The client gave up, as some tests mean it to.
            }
        }
    }
}
