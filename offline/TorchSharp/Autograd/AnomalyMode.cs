namespace TorchSharp;

public class AnomalyMode : IDisposable
{
    private readonly bool enabled = IsEnabled, checkNan = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => Set(enabled, check_nan);

    public static bool IsEnabled => Native.ot_anomaly_mode() != 0;

    public static bool ShouldCheckNaN => Native.ot_anomaly_check_nan() != 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Set(enabled, checkNan);

    private static void Set(bool enabled, bool checkNan) => Native.ot_set_anomaly_mode(enabled ? (byte)1 : (byte)0, checkNan ? (byte)1 : (byte)0);
}
