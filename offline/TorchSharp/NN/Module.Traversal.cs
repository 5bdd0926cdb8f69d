using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Own ones first, then those of the submodules under "submodule.name"; one that is met again is passed over.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var own = parametersByName.Select(kv => (kv.Key, kv.Value));
                return Distinct(recurse ? own.Concat(Below(named_children(), m => m.named_parameters(true))) : own);
            }

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                // The package leaves non-persistent buffers out of every listing; get_buffer and has_buffer find them.
                var own = buffersByName.Where(kv => kv.Value.persistent).Select(kv => (kv.Key, kv.Value.tensor));
                return Distinct(recurse ? own.Concat(Below(named_children(), m => m.named_buffers(true, include_nonpersistent))) : own);
            }

            public virtual IEnumerable<(string name, Module module)> named_children() =>
                submodulesByName.Select(kv => (kv.Key, kv.Value));

            /// <summary>The children, then what is below each of them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                named_children().Concat(Below(named_children(), m => m.named_modules()));

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(np => np.parameter);

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(nb => nb.buffer);

            public virtual IEnumerable<Module> children() => named_children().Select(nc => nc.module);

            public virtual IEnumerable<Module> modules() => named_modules().Select(nm => nm.module);

            public virtual bool has_parameter(string target) =>
                parametersByName.ContainsKey(target) || Descend(target).Any(d => d.child.has_parameter(d.rest));

            public virtual bool has_buffer(string target) =>
                buffersByName.ContainsKey(target) || Descend(target).Any(d => d.child.has_buffer(d.rest));

            public virtual Parameter? get_parameter(string target) =>
                OwnParameter(target) ?? Descend(target).Select(d => d.child.get_parameter(d.rest)).FirstOrDefault(p => p is not null);

            public virtual Tensor? get_buffer(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                return OwnBuffer(target) ?? Descend(target).Select(d => d.child.get_buffer(d.rest)).FirstOrDefault(b => b is not null);
            }

            /// <summary>The children that "child.rest" may lie in.</summary>
            private IEnumerable<(Module child, string rest)> Descend(string target)
            {
                var dot = target.IndexOf('.');
                return dot < 0
                    ? []
                    : named_children().Where(nc => nc.name == target[..dot]).Select(nc => (nc.module, target[(dot + 1)..]));
            }

            internal static IEnumerable<(string, T)> Below<T>(IEnumerable<(string name, Module module)> children, Func<Module, IEnumerable<(string name, T item)>> items) =>
                children.SelectMany(child => items(child.module).Select(x => ($"{child.name}.{x.name}", x.item)));

            internal static IEnumerable<(string, T)> Distinct<T>(IEnumerable<(string name, T item)> items) where T : Tensor =>
                items.Where(x => !x.item.IsInvalid).DistinctBy(x => (object)x.item, ReferenceEqualityComparer.Instance);
        }
    }
}
