namespace ResNet.Tests.Core.Onnx;

/// <summary>Files with bits flipped, bytes changed, ends or middles cut away, and lengths put in.</summary>
internal static class Mutations
{
    public static byte[] Of(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            // Half of the places are near the beginning: there are headers, which are short beside the weights.
            var at = random.Next(random.Next(2) == 0 ? Math.Min(2500, bytes.Length) : bytes.Length);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes = bytes[..Math.Max(1, at)]; break;
                case 3:
                    var length = random.Next(bytes.Length - at);
                    bytes = [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + length)..]];
                    if (bytes.Length == 0) bytes = [0];
                    break;
                default: bytes = [.. bytes[..at], 0xFF, 0xFF, 0xFF, 0xFF, 0x07, .. bytes[at..]]; break;
            }
        }

        return bytes;
    }
}
