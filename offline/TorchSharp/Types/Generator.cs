namespace TorchSharp;

public static partial class torch
{
    public class Generator : IDisposable
    {
        private nint handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            handle = Native.ot_generator_new(seed);
        }

        private Generator(nint handle) => (this.handle, device) = (handle, CPU);

        ~Generator() => Dispose(false);

        public static Generator Default => new(Native.ot_generator_default());

        public IntPtr Handle => handle;

        public Device device { get; }

        public unsafe Tensor get_state()
        {
            var state = new Tensor(Native.ot_generator_state(handle));
            GC.KeepAlive(this);
            return state;
        }

        public unsafe void set_state(Tensor value)
        {
            Native.Check(Native.ot_generator_set_state(handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        public Generator manual_seed(long seed)
        {
            Native.ot_generator_set_seed(handle, (ulong)seed);
            return this;
        }

        public long seed() => (long)Native.ot_generator_seed(handle);

        public long initial_seed() => (long)Native.ot_generator_initial_seed(handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var old = Interlocked.Exchange(ref handle, 0);
            if (old != 0) Native.ot_generator_free(old);
        }
    }
}
