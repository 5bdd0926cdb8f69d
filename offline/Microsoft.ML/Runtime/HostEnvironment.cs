namespace Microsoft.ML.Runtime;

/// <summary>The environment behind a context, and every host registered under it: names, random streams, messages.</summary>
internal sealed class HostEnvironment : IHost
{
    private readonly HostEnvironment _parent;
    private readonly string _name;
    private readonly Lock _lock = new();

    public HostEnvironment(int? seed)
    {
        Seed = seed;
        Rand = seed is int value ? new Random(value) : new Random();
        ComponentCatalog = new ComponentCatalog();
        Root = this;
    }

    private HostEnvironment(HostEnvironment parent, string name, Random rand)
    {
        (_parent, _name, Rand) = (parent, name, rand);
        (Root, ComponentCatalog, Seed) = (parent.Root, parent.ComponentCatalog, parent.Seed);
    }

    public HostEnvironment Root { get; }

    public int? Seed { get; }

    public Random Rand { get; }

    public ComponentCatalog ComponentCatalog { get; }

    /// <summary>Where messages of this environment and of every host under it go; set on the root.</summary>
    public Action<string, ChannelMessage> Listener { get; set; }

    public string ContextDescription => FullName ?? "HostEnvironment";

    /// <summary>The names down from the context; null for the context itself.</summary>
    private string FullName => _parent?.FullName is string above ? $"{above}; {_name}" : _name;

    public TException Process<TException>(TException ex) where TException : Exception => ex;

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Check.NotEmpty(name, nameof(name));
        lock (_lock) return new HostEnvironment(this, name, new Random(seed ?? Rand.Next()));
    }

    public IChannel Start(string name) => new Channel(this, Nested(name));

    public IPipe<TMessage> StartPipe<TMessage>(string name) =>
        typeof(TMessage) == typeof(ChannelMessage) ? (IPipe<TMessage>)Start(name) : new SilentPipe<TMessage>(this);

    public IProgressChannel StartProgressChannel(string name) => new SilentProgress();

    public void Send(string source, ChannelMessage message) => Root.Listener?.Invoke(source, message);

    private string Nested(string name) => FullName is string above ? $"{above}; {name}" : name;

    private sealed class SilentPipe<TMessage>(HostEnvironment owner) : IPipe<TMessage>
    {
        public string ContextDescription => owner.ContextDescription;

        public TException Process<TException>(TException ex) where TException : Exception => owner.Process(ex);

        public void Send(TMessage msg) { }

        public void Dispose() { }
    }
}
