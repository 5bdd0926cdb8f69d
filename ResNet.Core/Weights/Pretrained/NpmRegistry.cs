using System.Diagnostics;

namespace ResNet.Core;

/// <summary>
/// The npm registry that this machine is set up for: the environment variable NPM_CONFIG_REGISTRY, else the user's
/// .npmrc, else what npm says. No address is built in, so no machine talks to a registry that it was not told of.
/// </summary>
internal static class NpmRegistry
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The registry's address, ending with a slash.</summary>
    /// <exception cref="IOException">None is set and npm is not there, or the setting is no http(s) address.</exception>
    public static Uri Address()
    {
        var setting = FromEnvironment() ?? FromFile(UserConfiguration()) ?? FromNpm()
            ?? throw new IOException(
                "No npm registry is known on this machine. Set the environment variable NPM_CONFIG_REGISTRY to its address, or install npm.");
        return Uri.TryCreate(setting.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new IOException(
                $"The npm registry is set to '{setting}', which is no http or https address. Check NPM_CONFIG_REGISTRY and 'npm config get registry'.");
    }

    /// <summary>The last "registry = address" of an .npmrc file; null where it has none, or one that only npm can expand.</summary>
    internal static string? FromFile(string path)
    {
        try
        {
            return !File.Exists(path) ? null : Known(File.ReadLines(path)
                .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
                .LastOrDefault(pair => pair.Length == 2 && pair[0] == "registry")?[1].Trim('"', '\''));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? FromEnvironment() =>
        Known(Environment.GetEnvironmentVariable("NPM_CONFIG_REGISTRY")) ?? Known(Environment.GetEnvironmentVariable("npm_config_registry"));

    private static string UserConfiguration() =>
        Known(Environment.GetEnvironmentVariable("NPM_CONFIG_USERCONFIG"))
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".npmrc");

    private static string? FromNpm()
    {
        try
        {
            using var npm = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["config", "get", "registry"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            // Both pipes are read, so that neither fills up and stops npm.
            _ = npm.StandardError.ReadToEndAsync();
            var output = npm.StandardOutput.ReadToEndAsync();
            if (npm.WaitForExit(Patience) && npm.ExitCode == 0)
            {
                return Known(output.GetAwaiter().GetResult());
            }

            npm.Kill(entireProcessTree: true);
            return null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Known(string? value) =>
        string.IsNullOrWhiteSpace(value) || value.Contains("${") || value.Trim() is "undefined" or "null" ? null : value.Trim();
}
