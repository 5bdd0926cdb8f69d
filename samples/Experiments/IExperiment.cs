namespace Experiments;

/// <summary>One experiment.</summary>
internal interface IExperiment
{
    /// <summary>The command, and the start of the files' names.</summary>
    string Name { get; }

    /// <summary>One sentence for the help.</summary>
    string Description { get; }

    /// <summary>Does it.</summary>
    /// <param name="settings">How large, on what.</param>
    /// <param name="log">Hears of the progress, a line at a time.</param>
    /// <param name="cancel">Stops it with an <see cref="OperationCanceledException"/>.</param>
    Results Run(Settings settings, Action<string> log, CancellationToken cancel);
}
