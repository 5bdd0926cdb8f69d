namespace TorchSharp;

/// <summary>Disposes, at its end, the tensors that were made on its thread while it was the innermost and that are still in it.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager manager;
    private HashSet<IDisposable> members = new(ReferenceEqualityComparer.Instance);
    private bool ended;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer) => (this.manager, Outer) = (manager, outer);

    internal DisposeScope? Outer { get; set; }

    public IReadOnlyList<IDisposable> DisposablesView => [.. Alive().members];

    public int DisposablesCount => Alive().members.Count;

    public bool Contains(IDisposable disposable) => members.Contains(disposable);

    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        Alive();
        IDisposable[] all = [.. disposables];
        foreach (var disposable in all)
        {
            if (Take(disposable)) manager.Tensors.AttachedToScopeCount++;
        }
        return all;
    }

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        Alive();
        foreach (var disposable in disposables)
        {
            if (!members.Remove(disposable)) continue;
            manager.Tensors.DetachedFromScopeCount++;
            ((torch.Tensor)disposable).OwningScope = null;
        }
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) Detach<T1, T2, T3>(T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        Alive();
        if (scope is null)
        {
            Detach(disposables);
            return;
        }
        foreach (var disposable in disposables)
        {
            if (members.Remove(disposable)) scope.Take(disposable);
        }
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        MoveToOther(scope, (IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOther<T1, T2>(DisposeScope? scope, T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOther(scope, (IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOther<T1, T2, T3>(DisposeScope? scope, T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        MoveToOther(scope, (IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(Outer, disposables);

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(Outer, (IEnumerable<IDisposable>)disposables);

    public T MoveToOuter<T>(T disposable) where T : IDisposable => MoveToOther(Outer, disposable);

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable => MoveToOther(Outer, first, second);

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable =>
        MoveToOther(Outer, first, second, third);

    public void DisposeEverything() => DisposeEverythingBut((IEnumerable<IDisposable>)[]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        Alive();
        var old = members;
        members = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        foreach (var disposable in old)
        {
            if (!members.Contains(disposable)) disposable.Dispose();
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public (T1 first, T2 second) DisposeEverythingBut<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) DisposeEverythingBut<T1, T2, T3>(T1 first, T2 second, T3 third) where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[first, second, third]);
        return (first, second, third);
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        Alive();
        members.Remove(disposable);
        if (disposable is torch.Tensor tensor) tensor.OwningScope = null;
    }

    public void Dispose()
    {
        if (ended) return;
        DisposeEverything();
        manager.Close(this);
        ended = true;
    }

    internal void Add(torch.Tensor tensor) => members.Add(tensor);

    /// <summary>A tensor disposed on its own leaves its scope, which may have ended meanwhile.</summary>
    internal void Forget(torch.Tensor tensor) => members.Remove(tensor);

    private bool Take(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor) throw new InvalidOperationException("A dispose scope holds tensors only.");
        var old = tensor.OwningScope;
        if (old == this) return false;
        members.Add(tensor);
        old?.members.Remove(tensor);
        tensor.OwningScope = this;
        return true;
    }

    private DisposeScope Alive()
    {
        ObjectDisposedException.ThrowIf(ended, this);
        return this;
    }
}
