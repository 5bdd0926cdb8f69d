using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace ResNet.Tests.Offline;

/// <summary>
/// An assembly's public and protected surface, one member a line, in the form of the listings under offline/api. A type's
/// line names its kind, its base and its interfaces; a member's line everything that a caller's source depends on.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The members that the listing lacks. A type may implement fewer interfaces than listed, nothing else may differ.</summary>
    public static IReadOnlyList<string> Missing(Assembly assembly, IEnumerable<string> listing)
    {
        var known = listing.ToHashSet(StringComparer.Ordinal);
        var types = known.Select(TypeLine).OfType<(string Head, HashSet<string> Bases)>().GroupBy(t => t.Head).ToDictionary(g => g.Key, g => g.First().Bases);
        return [.. Lines(assembly).Where(line => TypeLine(line) is { } type
            ? !(types.TryGetValue(type.Head, out var bases) && type.Bases.IsSubsetOf(bases))
            : !known.Contains(line))];
    }

    public static IEnumerable<string> Lines(Assembly assembly) => assembly.GetExportedTypes().SelectMany(Of).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Of(Type type)
    {
        var name = Name(type);
        var kind = Kind(type);
        var bases = type.GetInterfaces().Where(i => i.IsVisible).Select(Name).Order(StringComparer.Ordinal).ToList();
        if (kind is "class" or "abstract class" or "sealed class" && type.BaseType is { } parent && parent != typeof(object))
            bases.Insert(0, Name(parent));
        yield return $"{name} | {kind}" + (bases.Count > 0 && kind is not ("enum" or "delegate") ? " : " + string.Join(", ", bases) : "");
        foreach (var line in kind switch { "enum" => EnumValues(type), "delegate" => [Delegate(type)], _ => Members(type) })
            yield return $"{name} | {line}";
    }

    private static string Kind(Type t) =>
        t.IsEnum ? "enum" : t.IsInterface ? "interface" : t.IsValueType ? "struct"
        : typeof(Delegate).IsAssignableFrom(t) ? "delegate"
        : t.IsAbstract && t.IsSealed ? "static class" : t.IsAbstract ? "abstract class" : t.IsSealed ? "sealed class" : "class";

    private static IEnumerable<string> EnumValues(Type t) =>
        t.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => $"{f.Name} = {Convert.ToInt64(f.GetRawConstantValue(), CultureInfo.InvariantCulture)}");

    private static string Delegate(Type t)
    {
        var invoke = t.GetMethod("Invoke")!;
        return $"delegate {Name(invoke.ReturnType)} ({Parameters(invoke)})";
    }

    private static IEnumerable<string> Members(Type t)
    {
        foreach (var c in t.GetConstructors(Declared))
            if (Visible(c) is { } v)
                yield return $"{v}.ctor({Parameters(c)})";
        foreach (var m in t.GetMethods(Declared).Where(m => !m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal)))
            if (Visible(m) is { } v)
                yield return v + (m.IsStatic ? "static " : t.IsInterface ? "" : m.IsAbstract ? "abstract " : m.IsVirtual && !m.IsFinal ? "virtual " : "")
                    + $"{Name(m.ReturnType)} {m.Name}{(m.IsGenericMethodDefinition ? $"<{string.Join(",", m.GetGenericArguments().Select(g => g.Name))}>" : "")}({Parameters(m)})"
                    + (m.IsDefined(typeof(ExtensionAttribute), false) ? " [extension]" : "");
        foreach (var p in t.GetProperties(Declared))
        {
            var (get, set) = (p.GetMethod is { } g ? Visible(g) : null, p.SetMethod is { } s ? Visible(s) : null);
            if ((get ?? set) is not { } v)
                continue;
            var index = p.GetIndexParameters();
            yield return v + ((p.GetMethod ?? p.SetMethod)!.IsStatic ? "static " : "") + $"{Name(p.PropertyType)} {p.Name}"
                + (index.Length > 0 ? $"[{string.Join(", ", index.Select(x => $"{Name(x.ParameterType)} {x.Name}"))}]" : "")
                + $" {{ {(get is null ? "" : "get; ")}{(set is null ? "" : "set; ")}}}";
        }
        foreach (var f in t.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
            yield return $"{(f.IsPublic ? "" : "protected ")}{(f.IsLiteral ? "const " : f.IsStatic ? "static " : "")}{(f.IsInitOnly ? "readonly " : "")}{Name(f.FieldType)} {f.Name}";
        foreach (var e in t.GetEvents(Declared))
            if (e.AddMethod is { } add && Visible(add) is { } v)
                yield return $"{v}event {Name(e.EventHandlerType!)} {e.Name}";
    }

    private static string? Visible(MethodBase m) => m.IsPublic ? "" : m.IsFamily || m.IsFamilyOrAssembly ? "protected " : null;

    private static string Parameters(MethodBase m) => string.Join(", ", m.GetParameters().Select(p =>
        (p.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "") + (p.IsOut ? "out " : !p.ParameterType.IsByRef ? "" : p.IsIn ? "in " : "ref ")
        + $"{Name(p.ParameterType.IsByRef ? p.ParameterType.GetElementType()! : p.ParameterType)} {p.Name}" + (p.HasDefaultValue ? " = " + Default(p) : "")));

    private static string Default(ParameterInfo p) => p.RawDefaultValue switch
    {
        null => p.ParameterType.IsValueType && Nullable.GetUnderlyingType(p.ParameterType) is null ? "default" : "null",
        string s => $"\"{s}\"",
        bool b => b ? "true" : "false",
        var d => Convert.ToString(d, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type t)
    {
        if (t.IsByRef)
            return Name(t.GetElementType()!) + "&";
        if (t.IsPointer)
            return Name(t.GetElementType()!) + "*";
        if (t.IsArray)
            return $"{Name(t.GetElementType()!)}[{new string(',', t.GetArrayRank() - 1)}]";
        if (t.IsGenericParameter)
            return t.Name;
        if (Nullable.GetUnderlyingType(t) is { } value)
            return Name(value) + "?";
        var arguments = t.GetGenericArguments();
        var nesting = new Stack<Type>();
        for (var x = t; x is not null; x = x.DeclaringType)
            nesting.Push(x);
        var text = new StringBuilder(string.IsNullOrEmpty(t.Namespace) ? "" : t.Namespace + ".");
        var used = 0;
        foreach (var x in nesting)
        {
            text.Append(x != nesting.First() ? "." : "").Append(x.Name.Split('`')[0]);
            var total = x.GetGenericArguments().Length;
            if (total > used)
                text.Append('<').AppendJoin(',', arguments.Skip(used).Take(total - used).Select(Name)).Append('>');
            used = total;
        }
        return text.ToString();
    }

    // "Name | sealed class : Base, IFace" → ("Name | sealed class", {Base, IFace}); a member's line → null.
    private static (string Head, HashSet<string> Bases)? TypeLine(string line)
    {
        var bar = line.IndexOf(" | ", StringComparison.Ordinal);
        if (bar < 0)
            return null;
        var rest = line[(bar + 3)..];
        var kind = rest.Split(" : ")[0];
        if (kind is not ("class" or "sealed class" or "abstract class" or "static class" or "struct" or "interface" or "enum" or "delegate"))
            return null;
        return (line[..(bar + 3)] + kind, rest.Length > kind.Length ? [.. TopLevelParts(rest[(kind.Length + 3)..])] : []);
    }

    private static IEnumerable<string> TopLevelParts(string list)
    {
        int depth = 0, from = 0;
        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] == '<')
                depth++;
            else if (list[i] == '>')
                depth--;
            else if (list[i] == ',' && depth == 0)
            {
                yield return list[from..i].Trim();
                from = i + 1;
            }
        }
        yield return list[from..].Trim();
    }
}
