using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ResNet.Tests.Core.Weights;

/// <summary>A web server on the loopback address. Each request goes to the handler with its number, from 1.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;
    private int requests;

    public FileServer(Action<HttpListenerContext, int> handler)
    {
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Address = $"http://127.0.0.1:{port}/";
        listener.Prefixes.Add(Address);
        listener.Start();
        serving = Task.Run(() => Serve(handler));
    }

    /// <summary>Ends with a slash.</summary>
    public string Address { get; }

    public int Requests => requests;

    /// <summary>The Range headers that came, "" where there was none.</summary>
    public ConcurrentQueue<string> Ranges { get; } = [];

    /// <summary>Answers as a static file server does: ETag, Range, If-Range.</summary>
    public static void Send(HttpListenerContext context, byte[] file, string etag = "\"1\"", int? cutAfter = null, bool ranges = true)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers["ETag"] = etag;
        var first = 0;
        if (ranges && request.Headers["Range"] is { } range && request.Headers["If-Range"] == etag)
        {
            first = int.Parse(range["bytes=".Length..^1]);
            if (first >= file.Length)
            {
                response.StatusCode = 416;
                response.Close();
                return;
            }

            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {first}-{file.Length - 1}/{file.Length}";
        }

        response.ContentLength64 = file.Length - first;
        var count = Math.Min(file.Length - first, cutAfter ?? int.MaxValue);
        response.OutputStream.Write(file, first, count);
        if (count < file.Length - first)
        {
            response.OutputStream.Flush();
            // So that the client has read what was sent before the connection is reset.
            Thread.Sleep(50);
            response.Abort();
            return;
        }

        response.Close();
    }

    public void Dispose()
    {
        listener.Close();
        serving.Wait();
    }

    private void Serve(Action<HttpListenerContext, int> handler)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = listener.GetContext();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            Ranges.Enqueue(context.Request.Headers["Range"] ?? "");
            var number = ++requests;
            Task.Run(() =>
            {
                try
                {
                    handler(context, number);
                }
                catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException)
                {
                    // The client went away.
                }
            });
        }
    }
}
