namespace ResNet.MLNet;

/// <summary>A row that was left out of a training because its image cannot be read.</summary>
/// <param name="Row">Its number in its view, from 0.</param>
/// <param name="Validation">true: of the validation data; false: of the training data, those held out for validation among them.</param>
/// <param name="Reason">Why, with the row's number, and with the file's path where a text column gives it.</param>
public sealed record SkippedRow(long Row, bool Validation, string Reason);
