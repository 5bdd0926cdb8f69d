namespace ResNet.Core;

/// <summary>Where a run is, between two optimiser steps.</summary>
/// <param name="Step">Steps that are done, 0 to below <paramref name="Steps"/>.</param>
/// <param name="Steps">Steps of the whole run, at least 1.</param>
/// <param name="Epochs">Epochs of the whole run, above 0; a fraction only inside a warm-up's remainder.</param>
public readonly record struct SchedulePosition(long Step, long Steps, double Epochs)
{
    /// <summary>The share of the run that is done: 0 at the first step, below 1 at the last.</summary>
    public double Progress => (double)Step / Steps;

    /// <summary>Epochs that are done, with their fraction; whole at an epoch's first step.</summary>
    public double Epoch => Step * Epochs / Steps;
}
