using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML;
using ResNet.Core;
using TorchSharp;

namespace ResNet.MLNet;

/// <summary>What a run was made with, so that it can be told from others and made again. Immutable; its dictionaries keep their order.</summary>
public sealed record RunRecord
{
    /// <summary>When the run started; null where that is not known.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How long it took; null where that is not known.</summary>
    public TimeSpan? Elapsed { get; init; }

    /// <summary>Where it ran, such as "cpu" or "cuda:0"; null where that is not known.</summary>
    public string? Device { get; init; }

    /// <summary>The seed; null where that is not known.</summary>
    public int? Seed { get; init; }

    /// <summary>Whether it was cancelled before its end.</summary>
    public bool Cancelled { get; init; }

    /// <summary>The network, in its author's words, such as "resnet50, 23,518,277 parameters". null: not known.</summary>
    public string? Network { get; init; }

    /// <summary>Options by name; <see cref="Describe"/> makes them of an options object. Default: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; init; } = [];

    /// <summary>Libraries and systems by name, with their versions. Default: those of this process.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Versions { get; init; } = Current();

    /// <summary>SHA-256 of what went in and came out, by name, such as "model.zip". Default: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Hashes { get; init; } = [];

    /// <summary>The simple values of an object's public properties and fields, as text: numbers, texts, switches, enumerations, records, lists of them.</summary>
    /// <param name="options">A trainer's options, say. Delegates, contexts, views and tokens are left out.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Describe(object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var type = options.GetType();
        var values = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0).Select(p => (p.Name, p.MetadataToken, Value: p.GetValue(options)))
            .Concat(type.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(f => (f.Name, f.MetadataToken, Value: f.GetValue(options))));
        return [.. values.OrderBy(v => v.Name, StringComparer.Ordinal).Select(v => KeyValuePair.Create(v.Name, Text(v.Value)!)).Where(v => v.Value is not null)];
    }

    /// <summary>SHA-256 of a file, in lower-case hexadecimal digits.</summary>
    /// <param name="path">The file.</param>
    public static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string? Text(object? value) => value switch
    {
        null => "none",
        string text => text,
        bool on => on ? "true" : "false",
        Enum or TimeSpan or DateTimeOffset or Guid => string.Create(CultureInfo.InvariantCulture, $"{value}"),
        IFormattable number when number.GetType().IsPrimitive || number is decimal => number.ToString(null, CultureInfo.InvariantCulture),
        // Its parts are options of their own.
        TrainingOptions => null,
        PretrainedWeights weights => weights.Name,
        Delegate or IDataView or MLContext or CancellationToken or IProgress<TrainingProgress> => null,
        IEnumerable items => items.Cast<object?>().Select(Text).ToArray() is var parts && parts.All(p => p is not null) ? $"[{string.Join(", ", parts)}]" : null,
        // A record's or a class's own words, unless they are merely its type's name.
        _ => value.ToString() is { } words && words != value.GetType().ToString() ? words : value.GetType().Name,
    };

    private static KeyValuePair<string, string>[] Current()
    {
        return
        [
            KeyValuePair.Create("ResNet.MLNet", Of(typeof(RunRecord))),
            KeyValuePair.Create("Microsoft.ML", Of(typeof(MLContext))),
            KeyValuePair.Create("TorchSharp", Of(typeof(torch))),
            KeyValuePair.Create(".NET", Environment.Version.ToString()),
            KeyValuePair.Create("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors"),
        ];

        static string Of(Type type)
        {
            var assembly = type.Assembly;
            var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? $"{assembly.GetName().Version}";
            return $"{version} ({assembly.GetName().Name})";
        }
    }
}
