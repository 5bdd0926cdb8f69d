namespace ResNet.Core;

/// <summary>
/// One holder at a time, among threads and processes: who has a file open for himself. The system releases it when a
/// process dies.
/// </summary>
internal static class FileLock
{
    // How .NET says that another has the file open: errno on Linux and macOS, a Win32 error on Windows.
    private const int Eagain = 11;
    private const int EagainOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for the lock.</summary>
    /// <param name="path">A file for this alone; made if it is not there, and left behind.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Disposing of it releases the lock.</returns>
    public static async Task<IDisposable> TakeAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult is Eagain or EagainOnMac or SharingViolation)
            {
                await Task.Delay(Poll, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Removes a lock that nobody needs any more; where one still holds it, that one will.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows deletes no file that is open.
        }
    }
}
