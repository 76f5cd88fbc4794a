using System.Net;
using System.Net.Sockets;
using System.Text;
using SlmPlanner.Core;
using SlmPlanner.Data.Catalogs;
using SlmPlanner.Tests;

namespace SlmPlanner.Planner.Tests.Catalogs;

public sealed class CatalogDownloadTests : IDisposable
{
    private const string Good = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nprice";
    private const string Busy = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private const string Broken = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\npr";
    private const string Missing = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    private static readonly CatalogDownload Download = new(TimeSpan.FromMilliseconds(1));
    private readonly TemporaryFolder _folder = new();

    private string Target => Path.Combine(_folder.Path, "catalog");

    [Theory]
    [InlineData(Busy, Busy)]
    [InlineData(Broken, "")]
    [InlineData("", Broken, Busy)]
    public void What_a_server_fails_to_give_at_first_is_fetched_in_the_end(params string[] failures)
    {
        using var server = new ScriptedServer([.. failures, Good]);
        Download.Fetch(server.Address, Target);
        Assert.Equal("price", File.ReadAllText(Target));
        Assert.Equal(failures.Length + 1, server.Requests);
    }

    [Fact]
    public void A_server_that_stays_busy_is_given_up_after_the_last_try()
    {
        using var server = new ScriptedServer([.. Enumerable.Repeat(Busy, 10)]);
        var refused = Assert.Throws<InputException>(() => Download.Fetch(server.Address, Target));
        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1 + CatalogDownload.Retries, server.Requests);
    }

    [Fact]
    public void A_file_that_is_not_there_is_asked_for_once()
    {
        using var server = new ScriptedServer(Missing, Good);
        Assert.Throws<InputException>(() => Download.Fetch(server.Address, Target));
        Assert.Equal(1, server.Requests);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Answers each connection with the next text, as it stands, and closes it.</summary>
    private sealed class ScriptedServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _requests;

        public ScriptedServer(params string[] answers)
        {
            _listener.Start();
            Address = $"http://{_listener.LocalEndpoint}/catalog.csv";
            _ = Task.Run(() => Serve(answers));
        }

        public string Address { get; }

        public int Requests => _requests;

        public void Dispose() => _listener.Dispose();

        private async Task Serve(string[] answers)
        {
            foreach (var answer in answers)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _requests);
                var stream = client.GetStream();
                using var reader = new StreamReader(stream, leaveOpen: true);
                while (await reader.ReadLineAsync() is { Length: > 0 })
                {
                    // The request's headers end with an empty line.
                }
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
            }
        }
    }
}
