using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ResNet.Core;

namespace ResNet.Tests.Core.Weights;

public class DownloadTests
{
    private const string Name = "net-00c0ffee.pth";
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(300_000);

    [Fact]
    public void A_file_is_downloaded_once_and_nothing_else_is_left()
    {
        using var server = new FileServer((context, _) => FileServer.Send(context, Content));
        using var folder = new TemporaryCache();
        var weights = Weights(server);
        var reports = new List<DownloadProgress>();

        var path = weights.GetFile(folder.Cache, new Listener(reports.Add));
        Assert.Equal(Content, File.ReadAllBytes(path));
        Assert.Equal(folder.Cache.PathOf(weights), path);
        Assert.Equal([Name], folder.Files);
        Assert.Equal(new DownloadProgress(Name, Content.Length, Content.Length), reports[^1]);
        Assert.Equal(reports.Select(report => report.Received).Order(), reports.Select(report => report.Received));

        Assert.Equal(path, weights.GetFile(folder.Cache));
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public void A_cut_connection_is_resumed_where_it_ended_or_started_anew(bool ranges, int cuts)
    {
        using var server = new FileServer((context, number) =>
            FileServer.Send(context, Content, cutAfter: number <= cuts ? 70_000 : null, ranges: ranges));
        using var folder = new TemporaryCache();
        Assert.Equal(Content, File.ReadAllBytes(Weights(server).GetFile(folder.Cache)));
        Assert.Equal(cuts + 1, server.Requests);
        Assert.Equal("", server.Ranges.First());
        Assert.All(server.Ranges.Skip(1), range => Assert.StartsWith("bytes=", range));
        Assert.Equal([Name], folder.Files);
    }

    [Fact]
    public void A_connection_that_is_always_cut_ends_in_an_error_and_the_next_call_goes_on()
    {
        var broken = true;
        using var server = new FileServer((context, _) => FileServer.Send(context, Content, cutAfter: broken ? 30_000 : null));
        using var folder = new TemporaryCache();
        var error = Assert.Throws<IOException>(() => Weights(server).GetFile(folder.Cache));
        Assert.Contains(folder.Cache.PathOf(Weights(server)), error.Message);
        Assert.Equal(5, server.Requests);

        broken = false;
        Assert.Equal(Content, File.ReadAllBytes(Weights(server).GetFile(folder.Cache)));
        Assert.Equal("bytes=150000-", server.Ranges.Last());
    }

    [Fact]
    public void A_file_that_changed_on_the_server_meanwhile_is_taken_whole()
    {
        using var server = new FileServer((context, number) => FileServer.Send(context, number == 1 ? new byte[Content.Length] : Content,
            etag: number == 1 ? "\"old\"" : "\"new\"", cutAfter: number == 1 ? 100_000 : null));
        using var folder = new TemporaryCache();
        Assert.Equal(Content, File.ReadAllBytes(Weights(server).GetFile(folder.Cache)));
        Assert.Equal(["", "bytes=100000-"], server.Ranges);
    }

    [Fact]
    public void A_damaged_beginning_of_an_earlier_try_is_thrown_away()
    {
        using var server = new FileServer((context, _) => FileServer.Send(context, Content));
        using var folder = new TemporaryCache();
        folder.Write(Name + ".partial", new byte[1000]);
        folder.Write(Name + ".partial.version", "\"1\""u8.ToArray());
        Assert.Equal(Content, File.ReadAllBytes(Weights(server).GetFile(folder.Cache)));
        Assert.Equal(["bytes=1000-", ""], server.Ranges);
    }

    [Fact]
    public void A_partial_file_longer_than_the_published_one_is_thrown_away()
    {
        using var server = new FileServer((context, _) => FileServer.Send(context, Content));
        using var folder = new TemporaryCache();
        folder.Write(Name + ".partial", new byte[Content.Length + 1]);
        folder.Write(Name + ".partial.version", "\"1\""u8.ToArray());
        Assert.Equal(Content, File.ReadAllBytes(Weights(server).GetFile(folder.Cache)));
    }

    [Fact]
    public void Wrong_bytes_never_become_the_file()
    {
        using var server = new FileServer((context, _) => FileServer.Send(context, "  <!DOCTYPE html><title>Log in</title>"u8.ToArray()));
        using var folder = new TemporaryCache();
        var error = Assert.Throws<IOException>(() => Weights(server).GetFile(folder.Cache));
        Assert.Contains("is not the published file", error.Message);
        Assert.Contains("looks like a web page", error.Message);
        Assert.Contains(server.Address, error.Message);
        Assert.Equal([Name + ".lock"], folder.Files.Except([Name + ".partial.version"]));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused_before_and_while_it_comes()
    {
        using var server = new FileServer((context, _) =>
        {
            if (context.Request.RawUrl!.Contains("chunked"))
            {
                context.Response.SendChunked = true;
                for (var i = 0; i < 100; i++)
                {
                    context.Response.OutputStream.Write(Content);
                }

                context.Response.Close();
                return;
            }

            FileServer.Send(context, new byte[Content.Length + 5000]);
        });
        using var folder = new TemporaryCache();
        foreach (var part in new[] { "", "chunked/" })
        {
            var error = Assert.Throws<IOException>(() => Weights(server, part).GetFile(folder.Cache));
            Assert.Contains($"at most {Content.Length + 1024:N0}", error.Message);
            Assert.All(folder.Files, file => Assert.True(new FileInfo(Path.Combine(folder.Cache.Folder, file)).Length <= Content.Length + 1024));
        }
    }

    [Theory]
    [InlineData(404, 1)]
    [InlineData(403, 1)]
    [InlineData(503, 5)]
    public void Refusals_name_the_status_the_place_and_the_address(int status, int requests)
    {
        using var server = new FileServer((context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Close();
        });
        using var folder = new TemporaryCache();
        var weights = Weights(server);
        var error = Assert.Throws<IOException>(() => weights.GetFile(folder.Cache));
        Assert.Contains(status.ToString(), error.Message);
        Assert.Contains(folder.Cache.PathOf(weights), error.Message);
        Assert.Contains(weights.Source.ByHand, error.Message);
        Assert.Equal(requests, server.Requests);
    }

    [Fact]
    public void Without_a_network_the_error_says_what_to_put_where()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using var folder = new TemporaryCache();
        var weights = Weights($"http://127.0.0.1:{port}/{Name}");
        var error = Assert.Throws<IOException>(() => weights.GetFile(folder.Cache));
        Assert.Contains($"download http://127.0.0.1:{port}/{Name} elsewhere and put the file at '{folder.Cache.PathOf(weights)}'", error.Message);

        folder.Write(Name, Content);
        Assert.Equal(Content, File.ReadAllBytes(weights.GetFile(folder.Cache)));
    }

    [Fact]
    public void A_server_that_goes_silent_is_asked_again()
    {
        using var server = new FileServer((context, number) =>
        {
            if (number > 1)
            {
                FileServer.Send(context, Content);
            }
        });
        using var folder = new TemporaryCache(stallSeconds: 0.5);
        Assert.Equal(Content, File.ReadAllBytes(Weights(server).GetFile(folder.Cache)));
        Assert.InRange(server.Requests, 2, 5);
    }

    [Fact]
    public void A_few_redirects_are_followed_and_endless_ones_are_not()
    {
        using var server = new FileServer((context, _) =>
        {
            var path = context.Request.RawUrl!;
            if (path.StartsWith("/end/"))
            {
                FileServer.Send(context, Content);
                return;
            }

            context.Response.Redirect(path.StartsWith("/loop/") ? path : path.StartsWith("/file/") ? "file:///etc/hostname" : "/end/" + Name);
            context.Response.Close();
        });
        using var folder = new TemporaryCache();
        Assert.Contains("302", Assert.Throws<IOException>(() => Weights(server, "loop/").GetFile(folder.Cache)).Message);
        Assert.Equal(6, server.Requests);
        Assert.Contains("redirects", Assert.Throws<IOException>(() => Weights(server, "file/").GetFile(folder.Cache)).Message);
        Assert.Equal(Content, File.ReadAllBytes(Weights(server, "once/").GetFile(folder.Cache)));
    }

    [Fact]
    public async Task Cancelling_keeps_what_has_come()
    {
        using var server = new FileServer((context, number) =>
        {
            if (number > 1)
            {
                FileServer.Send(context, Content);
                return;
            }

            context.Response.Headers["ETag"] = "\"1\"";
            context.Response.ContentLength64 = Content.Length;
            context.Response.OutputStream.Write(Content, 0, 100_000);
            context.Response.OutputStream.Flush();
        });
        using var folder = new TemporaryCache();
        using var cancel = new CancellationTokenSource();
        var listener = new Listener(report =>
        {
            if (report.Received == 100_000)
            {
                cancel.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Weights(server).GetFileAsync(folder.Cache, listener, cancel.Token));
        Assert.Equal(Content, File.ReadAllBytes(await Weights(server).GetFileAsync(folder.Cache)));
        Assert.Equal(["", "bytes=100000-"], server.Ranges);
    }

    [Fact]
    public async Task Many_at_once_download_once()
    {
        using var server = new FileServer((context, _) =>
        {
            Thread.Sleep(200);
            FileServer.Send(context, Content);
        });
        using var folder = new TemporaryCache();
        var paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Weights(server).GetFileAsync(folder.Cache)));
        Assert.Single(paths.Distinct());
        Assert.Equal(1, server.Requests);
        Assert.Equal([Name], folder.Files);
    }

    [Fact]
    public void A_wrong_file_in_the_cache_is_named_and_kept()
    {
        using var folder = new TemporaryCache();
        var weights = Weights("http://127.0.0.1:9/" + Name);
        folder.Write(Name, Encoding.UTF8.GetBytes("another file"));
        var error = Assert.Throws<InvalidDataException>(() => weights.GetFile(folder.Cache));
        Assert.Contains(folder.Cache.PathOf(weights), error.Message);
        Assert.Contains(weights.Sha256, error.Message);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData("another file"u8)), error.Message);
        Assert.Equal([Name], folder.Files);
    }

    [Fact]
    public void Of_a_published_prefix_every_digit_counts()
    {
        using var folder = new TemporaryCache();
        folder.Write(Name, Content);
        var full = Weights("http://127.0.0.1:9/" + Name);
        var prefix = full with { Sha256 = full.Sha256[..8].ToUpperInvariant() };
        Assert.Equal(folder.Cache.PathOf(full), prefix.GetFile(folder.Cache));
        var last = full.Sha256[7] == '0' ? '1' : '0';
        Assert.Throws<InvalidDataException>(() => (full with { Sha256 = full.Sha256[..7] + last }).GetFile(folder.Cache));
    }

    private static PretrainedWeights Weights(FileServer server, string path = "") => Weights(server.Address + path + Name);

    private static PretrainedWeights Weights(string address) => new()
    {
        Name = "net.test",
        Specification = ResNetPresets.Get("resnet20"),
        Source = new UrlSource(address),
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Content)),
        Size = Content.Length,
        Licence = "MIT",
    };
}
