using System.Net;
using System.Net.Http.Headers;

namespace ResNet.Core;

/// <summary>
/// Downloads one file over http(s), resuming what an earlier attempt left (RFC 9110: Range with If-Range, so that the
/// pieces belong to the same version). Retries what time may mend: cut connections, stalls, busy servers. Thread-safe.
/// </summary>
internal sealed class Downloader(TimeSpan stall, TimeSpan pause)
{
    private const int Attempts = 5;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    // Redirects from https to http and to other schemes are not followed.
    private static readonly HttpClient Http = new(new SocketsHttpHandler
    {
        ConnectTimeout = ConnectTimeout,
        MaxAutomaticRedirections = 5,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "ResNet.MLNet" } },
    };

    /// <summary>Completes <paramref name="partial"/>; the file's version (its ETag or date) is kept beside it.</summary>
    /// <param name="address">An http or https address.</param>
    /// <param name="partial">The file to write, or to go on writing.</param>
    /// <param name="limit">The most bytes that the file may have.</param>
    /// <param name="report">Receives the bytes so far and, where known, in all.</param>
    /// <param name="cancellation">Stops; what has come stays for the next time.</param>
    /// <exception cref="HttpRequestException">The server cannot be reached, or it refuses.</exception>
    /// <exception cref="InvalidDataException">The file is larger than the limit.</exception>
    public async Task RunAsync(Uri address, string partial, long limit, Action<long, long?> report, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TransferAsync(address, partial, limit, report, cancellation).ConfigureAwait(false);
                return;
            }
            catch (InterruptedException) when (attempt < Attempts)
            {
                await Task.Delay(pause * attempt, cancellation).ConfigureAwait(false);
            }
            catch (InterruptedException e)
            {
                throw new HttpRequestException($"{e.Message}, {Attempts} times; what has come so far is kept, and the next try goes on from there", e);
            }
        }
    }

    private async Task TransferAsync(Uri address, string partial, long limit, Action<long, long?> report, CancellationToken cancellation)
    {
        var version = new PartialVersion(partial);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var validator = version.Read();
        if (validator is not null && File.Exists(partial))
        {
            request.Headers.Range = new RangeHeaderValue(new FileInfo(partial).Length, null);
            request.Headers.IfRange = validator;
        }

        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer.CancelAfter(stall);
        using var response = await Waiting(() => Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timer.Token), cancellation).ConfigureAwait(false);
        var first = FirstByte(response, request, partial);
        var total = response.Content.Headers.ContentRange?.Length ?? first + response.Content.Headers.ContentLength;
        Check(total ?? 0, limit);
        if (first == 0)
        {
            version.Write(response);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using var file = new FileStream(partial, first == 0 ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.Read);
        var buffer = new byte[1 << 17];
        var received = first;
        report(received, total);
        while (true)
        {
            timer.CancelAfter(stall);
            var count = await Waiting(() => body.ReadAsync(buffer, timer.Token).AsTask(), cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                break;
            }

            received += count;
            Check(received, limit);
            await file.WriteAsync(buffer.AsMemory(0, count), cancellation).ConfigureAwait(false);
            report(received, total);
        }

        if (received < total)
        {
            throw new InterruptedException($"the connection ended after {received:N0} of {total:N0} bytes");
        }
    }

    // Where the response's body belongs in the file.
    private static long FirstByte(HttpResponseMessage response, HttpRequestMessage request, string partial)
    {
        var asked = request.Headers.Range?.Ranges.Single().From;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                return 0;
            case HttpStatusCode.PartialContent when asked is not null && response.Content.Headers.ContentRange?.From == asked:
                return asked.Value;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable when asked is not null:
                File.Delete(partial);
                throw new InterruptedException("the server has another version of the file");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new InterruptedException($"the server answered {Status(response)}");
            default:
                throw new HttpRequestException($"the server answered {Status(response)}", null, response.StatusCode);
        }
    }

    private async Task<T> Waiting<T>(Func<Task<T>> action, CancellationToken cancellation)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException && !cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"no connection came about within {ConnectTimeout.TotalSeconds:0} seconds", e);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new InterruptedException($"the server sent nothing for {stall.TotalSeconds:0.#} seconds");
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.Unknown)
        {
            throw new InterruptedException("the connection was cut", e);
        }
        catch (Exception e) when (e is NotSupportedException or UriFormatException)
        {
            throw new HttpRequestException("the server redirects to something that is no http or https address", e);
        }
        catch (IOException e)
        {
            throw new InterruptedException("the connection was cut", e);
        }
    }

    private static void Check(long bytes, long limit)
    {
        if (bytes > limit)
        {
            throw new InvalidDataException($"the server's file has {bytes:N0} bytes or more, where at most {limit:N0} are published");
        }
    }

    private static string Status(HttpResponseMessage response) => $"{(int)response.StatusCode} ({response.ReasonPhrase})";

    // What a further attempt may mend.
    private sealed class InterruptedException(string message, Exception? inner = null) : Exception(message, inner);
}
