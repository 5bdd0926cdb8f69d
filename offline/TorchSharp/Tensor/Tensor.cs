namespace TorchSharp;

public static partial class torch
{
    /// <summary>One reference to a libtorch tensor.</summary>
    public partial class Tensor : IDisposable
    {
        private static long total, peak;

        private nint handle;

        internal Tensor(nint handle)
        {
            this.handle = handle;
            OwningScope = DisposeScopeManager.OfThread.Register(this);
            var now = Interlocked.Increment(ref total);
            if (now > peak) peak = now;
        }

        /// <summary>Takes the place of a tensor in a scope: nothing new is counted.</summary>
        internal Tensor(nint handle, DisposeScope? scope)
        {
            this.handle = handle;
            OwningScope = scope;
            scope?.Add(this);
            Interlocked.Increment(ref total);
        }

        ~Tensor() => Dispose(false);

        /// <summary>How many tensors are held by this process.</summary>
        public static long TotalCount => total;

        /// <summary>The most that ever were.</summary>
        public static long PeakCount => peak;

        internal DisposeScope? OwningScope { get; set; }

        public IntPtr Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public bool IsInvalid => handle == 0;

        public string? name { get; set; }

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public void Dispose()
        {
            var scope = OwningScope;
            if (handle != 0)
            {
                if (scope is null) DisposeScopeManager.OfThread.Tensors.DisposedOutsideScopeCount++;
                else DisposeScopeManager.OfThread.Tensors.DisposedInScopeCount++;
            }
            OwningScope = null;
            scope?.Forget(this);
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing) => Free();

        public IntPtr DecoupleFromNativeHandle()
        {
            var old = Handle;
            handle = 0;
            GC.SuppressFinalize(this);
            OwningScope?.Forget(this);
            OwningScope = null;
            Interlocked.Decrement(ref total);
            return old;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningScope is { } scope) scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningScope);

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => base.GetHashCode();

        private void Free()
        {
            var old = Interlocked.Exchange(ref handle, 0);
            if (old == 0) return;
            Native.ot_tensor_free(old);
            Interlocked.Decrement(ref total);
        }
    }
}
