using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking) => Move(dtype, null, non_blocking);

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking) => Move(dtype, device, non_blocking);

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                Move(null, new Device(deviceType, deviceIndex), non_blocking);

            public Module _to(Tensor other, bool non_blocking)
            {
                _to(other.dtype, non_blocking);
                return _to(other.device_type, other.device_index, non_blocking);
            }

            private Module Move(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (dtype is not (null or ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64))
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
                if (device?.type == DeviceType.CUDA && !cuda.is_available()) throw new InvalidOperationException("CUDA is not available.");
                _toEpilog(dtype, device, non_blocking);
                return this;
            }

            /// <summary>Moves the children, then replaces the own parameters and buffers that change, also in the fields and properties that hold them.</summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var child in children().ToList())
                {
                    if (device is null) child._to(dtype!.Value, non_blocking);
                    else if (dtype is null) child._to(device.type, device.index, non_blocking);
                    else child._to(device, dtype.Value, non_blocking);
                }
                foreach (var (name, old) in parametersByName.ToList())
                    if (ReplaceParameter(dtype, device, old, out var moved))
                    {
                        old.Dispose();
                        Put(name, moved!);
                    }
                foreach (var (name, (old, persistent)) in buffersByName.ToList())
                    if (ReplaceBuffer(dtype, device, old, out var moved))
                        Put(name, moved!, persistent);
                if (device is null) return;
                _deviceType = device.type;
                _deviceIndex = device.index;
            }

            private void Put(string name, Tensor moved, bool persistent = true)
            {
                if (moved is Parameter parameter) ConditionallyRegisterParameter(name, parameter);
                else ConditionallyRegisterBuffer(name, moved, persistent);
                foreach (var (component, field) in ComponentFields(GetType()))
                    if (component == name && field.FieldType.IsInstanceOfType(moved)) field.SetValue(this, moved);
                var property = GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.Public);
                if (property?.SetMethod is not null && property.PropertyType.IsInstanceOfType(moved)) property.SetValue(this, moved);
            }

            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                (device ?? get_default_device(), dtype ?? get_default_dtype());

            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                p = null;
                using var grad = param.grad;
                if (!WillMove(param, dtype, device) && (grad is null || !WillMove(grad, dtype, device))) return false;
                // Without recording, so that the result is a leaf.
                using var unrecorded = no_grad();
                p = new Parameter(Moved(param, dtype, device), param.requires_grad);
                p.DetachFromDisposeScope();
                if (grad is null) return true;
                using var movedGrad = Moved(grad, dtype, device);
                p.grad = movedGrad;
                return true;
            }

            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                result = null;
                if (!WillMove(buffer, dtype, device)) return false;
                result = Moved(buffer, dtype, device).DetachFromDisposeScope();
                buffer.Dispose();
                return true;
            }

            // Integers keep their type.
            private static ScalarType TypeFor(Tensor tensor, ScalarType? dtype) =>
                dtype is { } wanted && (tensor.is_floating_point() || tensor.is_complex()) ? wanted : tensor.dtype;

            private static bool WillMove(Tensor tensor, ScalarType? dtype, Device? device) =>
                TypeFor(tensor, dtype) != tensor.dtype || (device is not null && device.type != tensor.device_type);

            private static Tensor Moved(Tensor tensor, ScalarType? dtype, Device? device) =>
                tensor.to(TypeFor(tensor, dtype), device ?? tensor.device, copy: true);
        }
    }
}
