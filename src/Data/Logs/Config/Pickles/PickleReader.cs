using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SlmPlanner.Core;

namespace SlmPlanner.Data.Logs.Config.Pickles;

/// <summary>
/// Reads a pickle of Python (protocols 0 to 5, opcodes of Lib/pickletools.py) as plain data: texts, numbers, lists, dictionaries, and names
/// of classes with what they were given. No class is looked up and nothing is run, so a pickle from anywhere can do no harm.
/// </summary>
internal sealed class PickleReader
{
    private static readonly object Mark = new();

    private readonly PickleBytes _bytes;
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];

    private PickleReader(byte[] bytes) => _bytes = new(bytes);

    /// <summary>What a pickle holds.</summary>
    /// <exception cref="InputException">It is damaged or uses an opcode that plain data has no need of.</exception>
    public static object? Read(byte[] bytes)
    {
        try
        {
            return new PickleReader(bytes).Run();
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new InputException($"damaged pickle: {exception.Message}", exception);
        }
    }

    private object? Run()
    {
        while (true)
        {
            var place = _bytes.At;
            var opcode = (char)_bytes.Byte();
            switch (opcode)
            {
                case '.':
                    return Pop();
                case '(':
                    _stack.Add(Mark);
                    break;
                case '0':
                    Pop();
                    break;
                case '1':
                    ToMark();
                    break;
                case '2':
                    _stack.Add(Top());
                    break;
                case (char)0x80:
                    _bytes.Skip(1);
                    break;
                case (char)0x95:
                    _bytes.Skip(8);
                    break;
                case 'p':
                    _memo[PickleBytes.Whole(_bytes.Line())] = Top();
                    break;
                case 'q':
                    _memo[_bytes.Byte()] = Top();
                    break;
                case 'r':
                    _memo[_bytes.Count(4)] = Top();
                    break;
                case (char)0x94:
                    _memo[_memo.Count] = Top();
                    break;
                case 'g':
                    _stack.Add(Known(PickleBytes.Whole(_bytes.Line())));
                    break;
                case 'h':
                    _stack.Add(Known(_bytes.Byte()));
                    break;
                case 'j':
                    _stack.Add(Known(_bytes.Count(4)));
                    break;
                default:
                    if (!Value(opcode) && !Container(opcode) && !Object(opcode))
                        throw new InputException($"pickle with opcode 0x{(int)opcode:x2} at byte {place}, which is not read");
                    break;
            }
        }
    }

    /// <summary>Opcodes that put a plain value on the stack.</summary>
    private bool Value(char opcode)
    {
        object? value;
        switch (opcode)
        {
            case 'N':
                value = null;
                break;
            case (char)0x88 or (char)0x89:
                value = opcode == 0x88;
                break;
            case 'I':
                value = _bytes.Line() switch
                {
                    "00" => false,
                    "01" => true,
                    var text => PickleBytes.Whole(text),
                };
                break;
            case 'L':
                value = PickleBytes.Whole(_bytes.Line().TrimEnd('L'));
                break;
            case 'K':
                value = (long)_bytes.Byte();
                break;
            case 'M':
                value = (long)BinaryPrimitives.ReadUInt16LittleEndian(_bytes.Take(2));
                break;
            case 'J':
                value = (long)BinaryPrimitives.ReadInt32LittleEndian(_bytes.Take(4));
                break;
            case (char)0x8A:
                value = PickleBytes.Long(_bytes.Take(_bytes.Byte()));
                break;
            case (char)0x8B:
                value = PickleBytes.Long(_bytes.Take(_bytes.Count(4)));
                break;
            case 'F':
                value = double.Parse(_bytes.Line(), NumberStyles.Float, CultureInfo.InvariantCulture);
                break;
            case 'G':
                value = BinaryPrimitives.ReadDoubleBigEndian(_bytes.Take(8));
                break;
            case 'S':
                value = _bytes.Line().Trim('\'', '"');
                break;
            case 'V':
                value = _bytes.Line(Encoding.Latin1);
                break;
            case 'T' or 'X' or 'B':
                value = _bytes.Text(_bytes.Count(4));
                break;
            case 'U' or 'C' or (char)0x8C:
                value = _bytes.Text(_bytes.Byte());
                break;
            case (char)0x8D or (char)0x8E or (char)0x96:
                value = _bytes.Text(_bytes.Count(8));
                break;
            default:
                return false;
        }
        _stack.Add(value);
        return true;
    }

    /// <summary>Opcodes of lists, tuples, sets and dictionaries.</summary>
    private bool Container(char opcode)
    {
        switch (opcode)
        {
            case ']' or (char)0x8F or ')':
                _stack.Add(new List<object?>());
                break;
            case '}':
                _stack.Add(new Dictionary<object, object?>());
                break;
            case 'l' or 't' or (char)0x91:
                _stack.Add(ToMark());
                break;
            case 'd':
                var pairs = ToMark();
                _stack.Add(Added([], pairs));
                break;
            case (char)0x85 or (char)0x86 or (char)0x87:
                List<object?> items = [.. Enumerable.Range(0, opcode - 0x84).Select(_ => Pop())];
                items.Reverse();
                _stack.Add(items);
                break;
            case 'a':
                var item = Pop();
                (Top() as List<object?>)?.Add(item);
                break;
            case 'e' or (char)0x90:
                var more = ToMark();
                (Top() as List<object?>)?.AddRange(more);
                break;
            case 's':
                List<object?> pair = [Pop()];
                pair.Insert(0, Pop());
                Keep(pair);
                break;
            case 'u':
                Keep(ToMark());
                break;
            default:
                return false;
        }
        return true;
    }

    /// <summary>Opcodes that name classes and would make objects of them.</summary>
    private bool Object(char opcode)
    {
        switch (opcode)
        {
            case 'c':
                _stack.Add(new PickledName($"{_bytes.Line()}.{_bytes.Line()}"));
                break;
            case (char)0x93:
                var name = Pop();
                _stack.Add(new PickledName($"{Pop()}.{name}"));
                break;
            case 'R' or (char)0x81 or (char)0x92:
                if (opcode == (char)0x92)
                    Pop();
                var arguments = Pop() as List<object?>;
                _stack.Add(new PickledObject(Pop() is PickledName maker ? maker.Name : "", arguments ?? []));
                break;
            case 'b':
                var state = Pop();
                if (Top() is PickledObject made)
                    made.State = state;
                break;
            case 'Q':
                Pop();
                _stack.Add(null);
                break;
            case 'P':
                _bytes.Line();
                _stack.Add(null);
                break;
            default:
                return false;
        }
        return true;
    }

    /// <summary>Adds pairs to what is on top: a dictionary, or an object that stands for one of another kind.</summary>
    private void Keep(List<object?> pairs)
    {
        if (Top() is Dictionary<object, object?> map)
            Added(map, pairs);
    }

    private static Dictionary<object, object?> Added(Dictionary<object, object?> map, List<object?> pairs)
    {
        for (var index = 0; index + 1 < pairs.Count; index += 2)
            if (pairs[index] is string or long or bool)
                map[pairs[index]!] = pairs[index + 1];
        return map;
    }

    private object? Pop()
    {
        var value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object? Top() => _stack.Count > 0 ? _stack[^1] : throw new InputException($"damaged pickle: nothing to take at byte {_bytes.At}");

    private List<object?> ToMark()
    {
        var mark = _stack.FindLastIndex(value => ReferenceEquals(value, Mark));
        if (mark < 0)
            throw new InputException($"damaged pickle: no mark before byte {_bytes.At}");
        var items = _stack.GetRange(mark + 1, _stack.Count - mark - 1);
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private object? Known(long place) => _memo.TryGetValue(place, out var value) ? value
        : throw new InputException($"damaged pickle: nothing kept under {place} before byte {_bytes.At}");
}
