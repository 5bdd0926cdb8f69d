namespace ResNet.MLNet;

/// <summary>What runs the network when rows are scored. Training is always TorchSharp's.</summary>
public enum ScoringEngine
{
    /// <summary>ONNX Runtime on the CPU, TorchSharp on a GPU; and, for a module of one's own, the other one where only that can run it.</summary>
    Auto,

    /// <summary>TorchSharp, on the device of the options.</summary>
    TorchSharp,

    /// <summary>ONNX Runtime, on the CPU: it folds batch norms into convolutions and plans its memory ahead.</summary>
    OnnxRuntime,
}
