using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            private bool componentsRegistered;

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                    throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                if (!buffersByName.TryAdd(name, (tensor, persistent)))
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                    throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                if (!parametersByName.TryAdd(name, param))
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null || submodule.isDisposed)
                {
                    submodulesByName.Remove(name);
                    return;
                }
                if (name.Contains('.')) throw new ArgumentException($"module name can't contain \".\", got: {name}");
                if (name.Length == 0) throw new ArgumentException("module name can't be empty string \"\"");
                if (submodulesByName.ContainsKey(name))
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                submodulesByName.Add(name, submodule);
            }

            /// <summary>Registers what the fields hold, under the fields' names; what is null or registered already is passed over.</summary>
            protected virtual void RegisterComponents()
            {
                if (componentsRegistered) return;
                foreach (var (name, field) in ComponentFields(GetType()))
                {
                    if (submodulesByName.ContainsKey(name) || parametersByName.ContainsKey(name) || buffersByName.ContainsKey(name)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(name, module); break;
                        case Parameter parameter: register_parameter(name, parameter); break;
                        case Tensor tensor: register_buffer(name, tensor); break;
                    }
                }
                componentsRegistered = true;
            }

            protected void ClearModules() => submodulesByName.Clear();

            protected void ConditionallyRegisterParameter(string name, Tensor? value) =>
                ConditionallyRegisterParameter(name, value as Parameter);

            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) parametersByName.Remove(name);
                else parametersByName[name] = value;
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) buffersByName.Remove(name);
                else buffersByName[name] = (value, persistent);
            }

            /// <summary>A property that owns a parameter: takes the new one out of the dispose scope, frees the old one.</summary>
            internal void SetParameter(string name, Parameter? value)
            {
                if (parametersByName.TryGetValue(name, out var old) && !ReferenceEquals(old, value)) old.Dispose();
                value?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, value);
            }

            internal void SetBuffer(string name, Tensor? value)
            {
                if (buffersByName.TryGetValue(name, out var old) && !ReferenceEquals(old.tensor, value)) old.tensor.Dispose();
                value?.DetachFromDisposeScope();
                ConditionallyRegisterBuffer(name, value);
            }

            internal Parameter? OwnParameter(string name) => parametersByName.GetValueOrDefault(name);

            internal Tensor? OwnBuffer(string name) => buffersByName.GetValueOrDefault(name).tensor;

            // The library's own base classes hold no components in fields, so the walk ends there.
            private static IEnumerable<(string name, FieldInfo field)> ComponentFields(Type type)
            {
                var seen = new HashSet<string>();
                for (var t = type; t is not null && t.Assembly != typeof(Module).Assembly; t = t.BaseType)
                    foreach (var field in t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                        if (seen.Add(field.Name))
                            yield return (field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name, field);
            }
        }
    }
}
