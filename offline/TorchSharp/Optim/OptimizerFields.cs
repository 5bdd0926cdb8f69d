using System.Reflection;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Marks a state's tensor that may be missing: in a stream, a flag precedes it.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class MayBeMissingAttribute : Attribute;

/// <summary>
/// Copies, writes and reads the public fields of options and states, so that no optimizer lists them again.
/// They are declared in the order in which a stream holds them.
/// </summary>
internal static class OptimizerFields
{
    internal static IEnumerable<FieldInfo> Of(object holder) =>
        holder.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public).OrderBy(field => field.MetadataToken);

    internal static void Save(object holder, BinaryWriter writer)
    {
        foreach (var field in Of(holder))
        {
            switch (field.GetValue(holder))
            {
                case double number: writer.Write(number); break;
                case long number: writer.Write(number); break;
                case int number: writer.Write(number); break;
                case bool flag: writer.Write(flag); break;
                case var value when field.IsDefined(typeof(MayBeMissingAttribute)): OptimizerState.SaveConditional(writer, (Tensor?)value); break;
                case Tensor tensor: tensor.Save(writer); break;
            }
        }
    }

    internal static void Load(object holder, BinaryReader reader)
    {
        foreach (var field in Of(holder))
        {
            var type = Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType;
            if (type == typeof(double)) field.SetValue(holder, reader.ReadDouble());
            else if (type == typeof(long)) field.SetValue(holder, reader.ReadInt64());
            else if (type == typeof(int)) field.SetValue(holder, reader.ReadInt32());
            else if (type == typeof(bool)) field.SetValue(holder, reader.ReadBoolean());
            else if (field.IsDefined(typeof(MayBeMissingAttribute)))
                field.SetValue(holder, OptimizerState.LoadConditional(reader, (Tensor?)field.GetValue(holder), ((OptimizerState)holder).Parameter.device));
            else ((Tensor)field.GetValue(holder)!).Load(reader);
        }
    }

    internal static void Copy(object source, object target)
    {
        foreach (var field in Of(target))
        {
            var value = field.GetValue(source);
            if (field.FieldType != typeof(Tensor))
            {
                field.SetValue(target, value);
                continue;
            }
            var old = (Tensor?)field.GetValue(target);
            field.SetValue(target, (value as Tensor)?.clone().DetachFromDisposeScope());
            old?.Dispose();
        }
    }

    internal static void Move(object holder, Device device)
    {
        foreach (var field in Of(holder))
        {
            if (field.GetValue(holder) is Tensor tensor) field.SetValue(holder, tensor.to(device).DetachFromDisposeScope());
        }
    }

    internal static void Dispose(object holder)
    {
        foreach (var field in Of(holder)) (field.GetValue(holder) as Tensor)?.Dispose();
    }

    internal static bool Agree(object holder, object? other) =>
        other is not null && other.GetType() == holder.GetType() && Of(holder).All(field => (field.GetValue(holder), field.GetValue(other)) switch
        {
            (null, null) => true,
            (Tensor a, Tensor b) => a.allclose(b),
            (null, Tensor) or (Tensor, null) => false,
            var (a, b) => Equals(a, b),
        });
}
