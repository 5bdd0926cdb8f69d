using System.Text;

namespace TorchSharp;

// Lower case is libtorch's own archive, capitalised is one entry of a .dat file.
public static partial class torch
{
    public static void save(Tensor t, string location) => t.save(location);

    public static Tensor load(string location) => Tensor.load(location);

    public unsafe partial class Tensor
    {
        public void save(string location)
        {
            fixed (byte* path = Encoding.UTF8.GetBytes(location + "\0")) Native.Check(Native.ot_tensor_save(Handle, path));
            GC.KeepAlive(this);
        }

        public static Tensor load(string location)
        {
            nint result;
            fixed (byte* path = Encoding.UTF8.GetBytes(location + "\0")) Native.Check(Native.ot_tensor_load(path, &result));
            return new Tensor(result);
        }

        public static Tensor Load(BinaryReader reader) => TensorExtensionMethods.Load(reader);

        public static Tensor Load(Stream stream)
        {
            using var reader = new BinaryReader(stream);
            return Load(reader);
        }

        public static Tensor Load(string location)
        {
            if (!File.Exists(location)) throw new FileNotFoundException(location);
            using var stream = File.OpenRead(location);
            return Load(stream);
        }
    }
}
